//! Booking a slot at once, by somebody who is signed in.

use chrono::{DateTime, Utc};
use domain::booking::{BookingSource, BookingStatus};
use domain::ids::{BookingId, StaffId, TreatmentId};
use domain::salon::Confirmation;
use serde::Serialize;
use store::bookings;
use store::visits::{self, Visit};

use super::idempotency::Idempotency;
use super::insert::{Doing, Draft};
use super::slots::{Rules, Wanted, find_live, find_offer};
use super::words;
use crate::{Actor, Error, Usecases};

/// What is to be booked.
#[derive(Clone, Debug, Serialize)]
pub struct NewBooking {
    /// Where: its name in addresses.
    pub salon: String,
    /// What.
    pub treatment: TreatmentId,
    /// With whom, `None`: anybody.
    pub staff: Option<StaffId>,
    /// When.
    pub starts_at: DateTime<Utc>,
    /// Who comes, when it is not the customer.
    pub attendee_name: Option<String>,
    /// What the customer tells the salon.
    pub note: Option<String>,
    /// Which door.
    pub source: BookingSource,
}

/// A booking, and what is worth a warning.
#[derive(Clone, Debug)]
pub struct Booked {
    /// The booking.
    pub visit: Visit,
    /// How many other bookings its customer has at that time. One phone books for a family: it is no reason to refuse.
    pub overlaps: u64,
}

/// Where a booking stands that the public makes.
pub(crate) const fn first_status(confirmation: Confirmation) -> BookingStatus {
    match confirmation {
        Confirmation::Auto => BookingStatus::Confirmed,
        Confirmation::Manual => BookingStatus::Pending,
    }
}

impl Usecases {
    /// Books a slot for the actor.
    ///
    /// # Errors
    /// `NotFound`, `Validation`, `SlotTaken`, `Conflict` (the key was used for something else), `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.book", skip_all)]
    pub async fn book(&self, actor: &Actor, input: &NewBooking, asked: Option<&Idempotency>) -> Result<Booked, Error> {
        let user = actor.user.id;
        if let Some(id) = self.answered(user, asked).await? {
            return self.booked(actor, id).await;
        }
        let rules = Rules::Public;
        let mut tx = self.parts.store.read().await?;
        let salon = find_live(&mut tx, &input.salon).await?;
        let offer = find_offer(&mut tx, Wanted { salon, treatment: input.treatment, staff: input.staff, rules }).await?;
        drop(tx);
        let draft = Draft {
            starts_at: input.starts_at,
            status: first_status(offer.salon.policies.confirmation),
            customer: Some(user),
            attendee_name: words::attendee(input.attendee_name.as_deref())?,
            note: words::note(input.note.as_deref())?,
            source: input.source,
            hold: None,
            by: Doing::customer(Some(user)),
            rules,
            overbooked_by: None,
            asked,
        };
        let outcome = match self.insert_booking(&offer, &draft).await {
            // Whoever asked with the same key at the same time has been answered.
            Err(Error::Conflict) => self.answered(user, asked).await?.ok_or(Error::Conflict),
            outcome => self.remember_refusal(user, asked, outcome).await.map(|booking| booking.id),
        };
        self.booked(actor, outcome?).await
    }

    /// A booking as its customer is told of it.
    pub(crate) async fn booked(&self, actor: &Actor, id: BookingId) -> Result<Booked, Error> {
        let mut tx = self.parts.store.read().await?;
        let visit = visits::find(&mut tx, id).await?.filter(|visit| visit.booking.customer_id == Some(actor.user.id));
        let visit = visit.ok_or(Error::NotFound)?;
        let overlaps = bookings::count_overlapping(&mut tx, actor.user.id, &visit.booking.span, id).await?;
        Ok(Booked { visit, overlaps })
    }
}
