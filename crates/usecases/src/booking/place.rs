//! A hold becomes a booking, and whose it is.

use domain::booking::{Act, BookingStatus};
use serde::Serialize;
use store::bookings::{self, Placed};
use store::salons;

use super::book::Booked;
use super::idempotency::Idempotency;
use super::insert::Doing;
use super::words;
use crate::keys::tokens::hash;
use crate::{Actor, Error, Usecases};

/// What turns a hold into a booking.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Place {
    /// The token of the hold.
    pub hold: String,
    /// Who comes, when it is not the customer.
    pub attendee_name: Option<String>,
    /// What the customer tells the salon.
    pub note: Option<String>,
}

impl Usecases {
    /// Turns what a token holds into a booking of the actor. Asked again, the answer is that booking.
    ///
    /// # Errors
    /// `Validation`, `HoldExpired`, `Conflict` (the key was used for something else), `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.place_booking", skip_all)]
    pub async fn place_booking(&self, actor: &Actor, input: &Place, asked: Option<&Idempotency>) -> Result<Booked, Error> {
        let user = actor.user.id;
        if let Some(id) = self.answered(user, asked).await? {
            return self.booked(actor, id).await;
        }
        let outcome = self.place(actor, input, asked).await;
        let id = self.remember_refusal(user, asked, outcome).await?;
        self.booked(actor, id).await
    }

    async fn place(&self, actor: &Actor, input: &Place, asked: Option<&Idempotency>) -> Result<domain::ids::BookingId, Error> {
        let (attendee_name, note) = (words::attendee(input.attendee_name.as_deref())?, words::note(input.note.as_deref())?);
        let (now, user) = (self.parts.clock.now(), actor.user.id);
        let hold_hash = hash(&input.hold);
        let mut tx = self.parts.store.write().await?;
        let held = bookings::find_by_hold(&mut tx, &hold_hash).await?.ok_or(Error::HoldExpired)?;
        if held.status != BookingStatus::Held {
            // A lost answer: it is theirs already.
            return if held.customer_id == Some(user) { Ok(held.id) } else { Err(Error::HoldExpired) };
        }
        let salon = salons::find(&mut tx, held.salon_id).await?.ok_or(Error::HoldExpired)?;
        let act = Act::Place(salon.policies.confirmation);
        let status = held.after(act, now, chrono::TimeDelta::zero()).map_err(|_| Error::HoldExpired)?;
        let placed = Placed { customer: user, status, attendee_name: attendee_name.as_deref(), note: note.as_deref() };
        if !tx.run(bookings::update_placed(&hold_hash, &placed, now)).await? {
            return Err(Error::HoldExpired);
        }
        if !self.remember(&mut tx, user, asked, held.id, now).await? {
            return Err(Error::Conflict);
        }
        self.record(&mut tx, &held, Some(held.status), status, &Doing::customer(Some(user)), now).await?;
        tx.commit().await?;
        Ok(held.id)
    }
}
