//! What is done to a booking after it was made.

use chrono::TimeDelta;
use domain::booking::{Act, Booking, BookingStatus};
use domain::ids::BookingId;
use domain::permission::Permission;
use serde_json::json;
use store::visits::{self, Visit};
use store::{Tx, bookings, salons};

use super::access::AtDesk;
use super::idempotency::Idempotency;
use super::insert::Doing;
use super::words;
use crate::{Actor, Admin, Error, Usecases};

/// What the salon does to a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookingAct {
    /// Says yes.
    Confirm,
    /// Says no.
    Decline,
    /// Calls it off.
    Cancel,
    /// The customer has come.
    CheckIn,
    /// The visit is over.
    Complete,
    /// The customer has not come.
    NoShow,
    /// No show instead of done, or the other way round: by a manager, for a day.
    Correct,
}

impl BookingAct {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Confirm, Self::Decline, Self::Cancel, Self::CheckIn, Self::Complete, Self::NoShow, Self::Correct];

    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Decline => "decline",
            Self::Cancel => "cancel",
            Self::CheckIn => "check-in",
            Self::Complete => "complete",
            Self::NoShow => "no-show",
            Self::Correct => "correct",
        }
    }

    /// Reads [`BookingAct::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }

    /// Whether it can be done to a booking now. Who may do it is asked when it is done.
    pub fn is_possible(self, booking: &Booking, now: chrono::DateTime<chrono::Utc>) -> bool {
        booking.after(self.act(), now, TimeDelta::zero()).is_ok()
    }

    const fn act(self) -> Act {
        match self {
            Self::Confirm => Act::Confirm,
            Self::Decline => Act::Decline,
            Self::Cancel => Act::CancelBySalon,
            Self::CheckIn => Act::CheckIn,
            Self::Complete => Act::Complete,
            Self::NoShow => Act::MarkNoShow,
            Self::Correct => Act::Correct,
        }
    }

    /// What one must be allowed to. Putting right what was said of a visit is for those who may overrule the guard: the managers.
    const fn permission(self) -> Permission {
        match self {
            Self::Correct => Permission::BookingOverbook,
            _ => Permission::BookingManage,
        }
    }
}

impl Usecases {
    /// Calls off a booking of the actor. Whoever has done so already is told that it is so.
    ///
    /// # Errors
    /// `NotFound`, `Validation`, `BookingRefused` (the window has passed, or there is nothing to call off), `Conflict` (it was changed
    /// since `version`, or the key was used for something else), `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.cancel_booking", skip_all)]
    pub async fn cancel_booking(
        &self,
        actor: &Actor,
        id: BookingId,
        version: Option<i64>,
        reason: Option<&str>,
        asked: Option<&Idempotency>,
    ) -> Result<Visit, Error> {
        let user = actor.user.id;
        if let Some(id) = self.answered(user, asked).await? {
            return Ok(self.booked(actor, id).await?.visit);
        }
        let reason = words::reason(reason)?;
        let mut tx = self.parts.store.write().await?;
        let booking = bookings::lock(&mut tx, id).await?.filter(|booking| booking.customer_id == Some(user));
        let booking = booking.ok_or(Error::NotFound)?;
        if booking.status != BookingStatus::CancelledByCustomer {
            is_version(&booking, version)?;
            let doing = Doing { reason, ..Doing::customer(Some(user)) };
            self.do_to(&mut tx, &booking, Act::CancelByCustomer, &doing).await?;
        }
        if !self.remember(&mut tx, user, asked, id, self.parts.clock.now()).await? {
            return Err(Error::Conflict);
        }
        tx.commit().await?;
        Ok(self.booked(actor, id).await?.visit)
    }

    /// Does something to a booking of a salon.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `Validation`, `BookingRefused`, `SlotTaken`, `Conflict` (it was changed since `version`), `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.act_on_booking", skip_all)]
    pub async fn act_on_booking(
        &self,
        admin: &Admin,
        id: BookingId,
        act: BookingAct,
        version: Option<i64>,
        reason: Option<&str>,
    ) -> Result<Visit, Error> {
        admin.require(Permission::BookingOwn)?;
        let reason = words::reason(reason)?;
        let mut tx = self.parts.store.write().await?;
        let booking = bookings::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let desk = self.at_desk_of(&mut tx, admin, &booking, act.permission()).await?;
        is_version(&booking, version)?;
        let AtDesk { actor, .. } = desk;
        let doing = Doing::desk(actor, reason);
        let to = self.do_to(&mut tx, &booking, act.act(), &doing).await?;
        if act == BookingAct::Correct {
            let detail = json!({ "booking_id": id, "from": booking.status.as_str(), "to": to.as_str() });
            self.audit_admin(&mut tx, actor, "booking_corrected", booking.customer_id, detail).await?;
        }
        tx.commit().await?;
        visits::find(&mut self.parts.store.read().await?, id).await?.ok_or(Error::NotFound)
    }

    async fn do_to(&self, tx: &mut Tx, booking: &Booking, act: Act, doing: &Doing) -> Result<BookingStatus, Error> {
        let now = self.parts.clock.now();
        let salon = salons::find(tx, booking.salon_id).await?.ok_or(Error::NotFound)?;
        let window = TimeDelta::minutes(salon.policies.cancel_window_min.into());
        let status = booking.after(act, now, window).map_err(Error::BookingRefused)?;
        if !tx.run(bookings::update_status(booking, status, now)).await? {
            return Err(Error::Conflict);
        }
        self.record(tx, booking, Some(booking.status), status, doing, now).await?;
        Ok(status)
    }
}

/// Whether it is still as the caller saw it. Whoever says nothing takes it as it is.
pub(crate) fn is_version(booking: &Booking, version: Option<i64>) -> Result<(), Error> {
    if version.is_none_or(|version| version == booking.version) { Ok(()) } else { Err(Error::Conflict) }
}
