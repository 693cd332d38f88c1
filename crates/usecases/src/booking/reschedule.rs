//! Moving a booking in place: the row stays, and what was booked stays as it was.

use chrono::{DateTime, TimeDelta, Utc};
use domain::booking::{Act, Booking, BookingStatus};
use domain::error::{FieldError, ValidationError};
use domain::ids::{BookingId, StaffId};
use domain::permission::Permission;
use domain::salon::Confirmation;
use serde::Serialize;
use serde_json::json;
use store::bookings::{self, Moved};
use store::visits::{self, Visit};
use store::{StoreError, Tx, booking_items, salons, staff_treatments};

use super::act::is_version;
use super::desk::{Overbook, overbook_reason};
use super::idempotency::Idempotency;
use super::insert::Doing;
use super::slots::{Look, Rules, want_of};
use crate::{Actor, Admin, Error, Usecases};

/// Where a booking is to be.
#[derive(Clone, Debug, Serialize)]
pub struct Reschedule {
    /// When.
    pub starts_at: DateTime<Utc>,
    /// With whom, `None`: as it was.
    pub staff: Option<StaffId>,
    /// As the caller saw it, `None`: as it is.
    pub version: Option<i64>,
}

impl Usecases {
    /// Moves a booking of the actor, as long as they could call it off. Where the salon says yes to each booking, it says so again.
    ///
    /// # Errors
    /// `NotFound`, `Validation`, `BookingRefused`, `SlotTaken` with what is free nearest, `Conflict` (it was changed since, or the key was
    /// used for something else), `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.reschedule_booking", skip_all)]
    pub async fn reschedule_booking(
        &self,
        actor: &Actor,
        id: BookingId,
        to: &Reschedule,
        asked: Option<&Idempotency>,
    ) -> Result<Visit, Error> {
        let user = actor.user.id;
        if let Some(id) = self.answered(user, asked).await? {
            return Ok(self.booked(actor, id).await?.visit);
        }
        let outcome = async {
            let mut tx = self.parts.store.write().await?;
            let booking = bookings::lock(&mut tx, id).await?.filter(|booking| booking.customer_id == Some(user));
            let booking = booking.ok_or(Error::NotFound)?;
            let doing = Doing::customer(Some(user));
            self.put_elsewhere(&mut tx, &booking, to, &doing, Rules::Public, false).await?;
            if !self.remember(&mut tx, user, asked, id, self.parts.clock.now()).await? {
                return Err(Error::Conflict);
            }
            Ok(tx.commit().await?)
        };
        let outcome = self.with_nearest(id, to, Rules::Public, outcome.await).await;
        self.remember_refusal(user, asked, outcome).await?;
        Ok(self.booked(actor, id).await?.visit)
    }

    /// Moves a booking of a salon to any time, over another one on purpose if need be.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Validation`, `BookingRefused`, `SlotTaken`, `Conflict`, `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.move_booking", skip_all)]
    pub async fn move_booking(
        &self,
        admin: &Admin,
        id: BookingId,
        to: &Reschedule,
        reason: Option<&str>,
        overbook: Option<&Overbook>,
    ) -> Result<Visit, Error> {
        admin.require(Permission::BookingOwn)?;
        let over = overbook_reason(overbook)?;
        let reason = over.or(super::words::reason(reason)?);
        let permission = if overbook.is_some() { Permission::BookingOverbook } else { Permission::BookingManage };
        let outcome = async {
            let mut tx = self.parts.store.write().await?;
            let booking = bookings::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
            let desk = self.at_desk_of(&mut tx, admin, &booking, permission).await?;
            if !desk.is_everybodys && to.staff.is_some_and(|staff| staff != booking.staff_id) {
                return Err(Error::Forbidden);
            }
            let doing = Doing::desk(desk.actor, reason);
            self.put_elsewhere(&mut tx, &booking, to, &doing, Rules::Desk, overbook.is_some()).await?;
            if overbook.is_some() {
                let detail = json!({ "booking_id": id });
                self.audit_admin(&mut tx, desk.actor, "booking_overbooked", booking.customer_id, detail).await?;
            }
            Ok(tx.commit().await?)
        };
        self.with_nearest(id, to, Rules::Desk, outcome.await).await?;
        visits::find(&mut self.parts.store.read().await?, id).await?.ok_or(Error::NotFound)
    }

    async fn put_elsewhere(
        &self,
        tx: &mut Tx,
        booking: &Booking,
        to: &Reschedule,
        doing: &Doing,
        rules: Rules,
        is_overbooked: bool,
    ) -> Result<(), Error> {
        is_version(booking, to.version)?;
        let now = self.parts.clock.now();
        let salon = salons::find(tx, booking.salon_id).await?.ok_or(Error::NotFound)?;
        let window = TimeDelta::minutes(salon.policies.cancel_window_min.into());
        if !booking.status.can_move() {
            return Err(Error::BookingRefused(domain::booking::Refusal::NotFromHere));
        }
        if rules == Rules::Public {
            booking.after(Act::CancelByCustomer, now, window).map_err(Error::BookingRefused)?;
        }
        let staff = to.staff.unwrap_or(booking.staff_id);
        if staff != booking.staff_id {
            self.require_able(tx, booking, staff).await?;
        }
        bookings::lock_staff(tx, staff).await?;
        self.expire_stale(tx, staff, now).await?;
        let look = Look { salon: &salon, rules, now, but: Some(booking) };
        let span = look.span_at(tx, staff, to.starts_at, want_of(booking)).await?;
        let span = span.ok_or_else(|| Error::SlotTaken(Vec::new()))?;
        let status = match (rules, salon.policies.confirmation) {
            (Rules::Public, Confirmation::Manual) => BookingStatus::Pending,
            _ => booking.status,
        };
        let moved = Moved { staff, span, is_overbooked, status };
        match tx.run(bookings::update_span(booking, &moved, now)).await {
            Ok(true) => self.record(tx, booking, Some(booking.status), status, doing, now).await,
            Ok(false) => Err(Error::Conflict),
            Err(StoreError::SlotTaken) => Err(Error::SlotTaken(Vec::new())),
            Err(error) => Err(error.into()),
        }
    }

    /// Whether somebody else does what was booked.
    async fn require_able(&self, tx: &mut Tx, booking: &Booking, staff: StaffId) -> Result<(), Error> {
        for item in booking_items::list(tx, booking.id).await? {
            let able = staff_treatments::list_bookable(tx, booking.salon_id, item.treatment_id).await?;
            if !able.iter().any(|offer| offer.staff_id == staff) {
                return Err(Error::Validation(vec![ValidationError::new("/staff_id", FieldError::NotOffered)]));
            }
        }
        Ok(())
    }

    /// Names what is free nearest, when it was not to be had.
    async fn with_nearest<T>(&self, id: BookingId, to: &Reschedule, rules: Rules, outcome: Result<T, Error>) -> Result<T, Error> {
        if !matches!(outcome, Err(Error::SlotTaken(_))) {
            return outcome;
        }
        let mut tx = self.parts.store.read().await?;
        let booking = bookings::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let salon = salons::find(&mut tx, booking.salon_id).await?.ok_or(Error::NotFound)?;
        let look = Look { salon: &salon, rules, now: self.parts.clock.now(), but: Some(&booking) };
        let staff = to.staff.unwrap_or(booking.staff_id);
        Err(Error::SlotTaken(look.nearest(&mut tx, &[(staff, want_of(&booking))], to.starts_at).await?))
    }
}
