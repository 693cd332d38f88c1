//! Booking for somebody by the salon: at the counter, or on the phone.

use chrono::{DateTime, Utc};
use domain::booking::{BookingSource, BookingStatus};
use domain::error::{FieldError, ValidationError};
use domain::ids::{SalonId, StaffId, TreatmentId, UserId};
use domain::permission::Permission;
use domain::user::{User, UserOrigin};
use serde::Serialize;
use serde_json::json;
use store::{Tx, bookings, users, visits};

use super::book::Booked;
use super::insert::{Doing, Draft};
use super::slots::{Rules, Wanted, find_offer};
use super::words;
use crate::account::update_me::profile_of;
use crate::{Admin, Error, UpdateMe, Usecases};

/// What the salon books for somebody.
#[derive(Clone, Debug, Serialize)]
pub struct DeskBooking {
    /// What.
    pub treatment: TreatmentId,
    /// With whom, `None`: anybody.
    pub staff: Option<StaffId>,
    /// When: on the grid and in the hours or not.
    pub starts_at: DateTime<Utc>,
    /// Whose it is: a phone in any spelling. Who is not there yet is added, and stays unproved.
    pub phone: String,
    /// What they are called; nothing is changed of who is there already.
    pub given_name: Option<String>,
    /// Who comes, when it is not the customer.
    pub attendee_name: Option<String>,
    /// What the customer tells the salon.
    pub note: Option<String>,
    /// Over another booking, on purpose.
    pub overbook: Option<Overbook>,
}

/// Putting a booking over another.
#[derive(Clone, Debug, Serialize)]
pub struct Overbook {
    /// Why. It is written down.
    pub reason: String,
}

impl Usecases {
    /// Books for a customer of the salon, who is confirmed at once. And whether whoever books sees whole phones.
    ///
    /// # Errors
    /// `NotFound`, `Forbidden`, `InvalidPhone`, `Validation`, `SlotTaken`, `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.book_at_desk", skip_all)]
    pub async fn book_at_desk(&self, admin: &Admin, salon: SalonId, input: &DeskBooking) -> Result<(Booked, bool), Error> {
        admin.require(Permission::BookingOwn)?;
        let phone = self.read_phone(&input.phone)?;
        let (attendee_name, note) = (words::attendee(input.attendee_name.as_deref())?, words::note(input.note.as_deref())?);
        let reason = overbook_reason(input.overbook.as_ref())?;
        let is_overbooked = input.overbook.is_some();
        let permission = if is_overbooked { Permission::BookingOverbook } else { Permission::BookingManage };
        let rules = Rules::Desk;
        let mut tx = self.parts.store.write().await?;
        let desk = self.at_desk(&mut tx, admin, salon, permission).await?;
        let wanted = Wanted { salon, treatment: input.treatment, staff: input.staff, rules };
        let mut offer = find_offer(&mut tx, wanted).await?;
        if !desk.is_everybodys {
            let me = Some(desk.actor.user.id);
            offer.candidates.retain(|candidate| candidate.staff.user_id == me);
            if offer.candidates.is_empty() {
                return Err(Error::Forbidden);
            }
        }
        let customer = self.customer_of(&mut tx, phone, input.given_name.as_deref(), desk.actor.user.id).await?;
        tx.commit().await?;

        let draft = Draft {
            starts_at: input.starts_at,
            status: BookingStatus::Confirmed,
            customer: Some(customer.id),
            attendee_name,
            note,
            source: BookingSource::Desk,
            hold: None,
            by: Doing::desk(desk.actor, reason),
            rules,
            overbooked_by: is_overbooked.then_some(desk.actor),
            asked: None,
        };
        let booking = self.insert_booking(&offer, &draft).await?;
        let mut tx = self.parts.store.read().await?;
        let overlaps = bookings::count_overlapping(&mut tx, customer.id, &booking.span, booking.id).await?;
        let visit = visits::find(&mut tx, booking.id).await?.ok_or(Error::NotFound)?;
        Ok((Booked { visit, overlaps }, desk.may_view_phone))
    }

    /// Whose phone it is; added if nobody's. Staff can never say that it is proved.
    async fn customer_of(
        &self,
        tx: &mut Tx,
        phone: domain::phone::PhoneNumber,
        given_name: Option<&str>,
        by: UserId,
    ) -> Result<User, Error> {
        let now = self.parts.clock.now();
        let id = self.parts.rng.id_v7::<UserId>(now);
        let new = users::NewUser { id, phone, locale: domain::locale::Locale::default(), origin: UserOrigin::Staff, now };
        let user = users::upsert_by_phone(tx, &new).await?;
        if user.id != id {
            return Ok(user);
        }
        let entry = self.entry_by(&by.to_string(), "user_added", Some(id), json!({}));
        tx.run(store::audit::insert(&entry)).await?;
        if given_name.is_none() {
            return Ok(user);
        }
        let names = UpdateMe { given_name: Some(given_name.map(str::to_owned)), ..UpdateMe::default() };
        let profile = profile_of(&user, names).map_err(Error::Validation)?;
        Ok(users::update_profile(tx, id, &profile, now).await?)
    }
}

/// Why it is put over another: there must be a reason.
pub(crate) fn overbook_reason(overbook: Option<&Overbook>) -> Result<Option<String>, Error> {
    let Some(overbook) = overbook else { return Ok(None) };
    let reason = words::reason(Some(&overbook.reason))?;
    let none = || Error::Validation(vec![ValidationError::new("/overbook/reason", FieldError::Required)]);
    reason.ok_or_else(none).map(Some)
}
