//! Writing a booking: one that could have it after the other, each in a transaction of its own, because a refused statement leaves the
//! one it was in of no use on `PostgreSQL`.

use chrono::{DateTime, Utc};
use domain::booking::{Booking, BookingCode, BookingEvent, BookingItem, BookingSource, BookingStatus, EventBy, Span};
use domain::ids::{BookingEventId, BookingId, StaffId, UserId};
use domain::schedule::Want;
use serde_json::json;
use store::{StoreError, Tx, booking_events, booking_items, bookings};

use super::idempotency::Idempotency;
use super::slots::{Candidate, Look, Offer, Rules};
use crate::{Actor, Error, Usecases};

/// The name of the constraint that two bookings with one code break.
const CODE_KEY: &str = "bookings_salon_id_code_key";
/// A code is one of a billion; three that are taken in a row is something else.
const CODES_TRIED: u32 = 3;

/// What a booking is going to be, but for whom it is with.
#[derive(Clone, Debug)]
pub(crate) struct Draft<'a> {
    pub(crate) starts_at: DateTime<Utc>,
    pub(crate) status: BookingStatus,
    pub(crate) customer: Option<UserId>,
    pub(crate) attendee_name: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) source: BookingSource,
    pub(crate) hold: Option<([u8; 32], DateTime<Utc>)>,
    pub(crate) by: Doing,
    pub(crate) rules: Rules,
    /// Who puts it over another on purpose.
    pub(crate) overbooked_by: Option<&'a Actor>,
    pub(crate) asked: Option<&'a Idempotency>,
}

/// Who does something to a booking, and why.
#[derive(Clone, Debug)]
pub(crate) struct Doing {
    pub(crate) by: EventBy,
    pub(crate) actor: Option<UserId>,
    pub(crate) reason: Option<String>,
}

impl Doing {
    pub(crate) const fn customer(actor: Option<UserId>) -> Self {
        Self { by: EventBy::Customer, actor, reason: None }
    }

    pub(crate) const fn desk(actor: &Actor, reason: Option<String>) -> Self {
        Self { by: EventBy::Staff, actor: Some(actor.user.id), reason }
    }

    pub(crate) const fn time() -> Self {
        Self { by: EventBy::System, actor: None, reason: None }
    }
}

impl Usecases {
    /// Writes the booking with the first candidate who is free.
    ///
    /// # Errors
    /// `SlotTaken` with what is free nearest, `Unavailable`.
    pub(crate) async fn insert_booking(&self, offer: &Offer, draft: &Draft<'_>) -> Result<Booking, Error> {
        let now = self.parts.clock.now();
        let look = Look { salon: &offer.salon, rules: draft.rules, now, but: None };
        let mut codes_left = CODES_TRIED;
        let mut candidates = offer.candidates.iter();
        let mut next = candidates.next();
        while let Some(candidate) = next {
            match self.try_candidate(offer, candidate, draft, look).await {
                Ok(Some(booking)) => return Ok(booking),
                Ok(None) | Err(Error::SlotTaken(_)) => next = candidates.next(),
                Err(Error::Internal(source)) if is_taken_code(source.as_ref()) && codes_left > 0 => codes_left -= 1,
                Err(error) => return Err(error),
            }
        }
        let all: Vec<_> = offer.candidates.iter().map(|one| (one.staff.id, Want::from(&one.terms))).collect();
        let mut tx = self.parts.store.read().await?;
        Err(Error::SlotTaken(look.nearest(&mut tx, &all, draft.starts_at).await?))
    }

    async fn try_candidate(
        &self,
        offer: &Offer,
        candidate: &Candidate,
        draft: &Draft<'_>,
        look: Look<'_>,
    ) -> Result<Option<Booking>, Error> {
        let (staff, want) = (candidate.staff.id, Want::from(&candidate.terms));
        let mut tx = self.parts.store.write().await?;
        bookings::lock_staff(&mut tx, staff).await?;
        if let Some(customer) = draft.customer
            && self.is_answered(&mut tx, customer, draft.asked).await?
        {
            // Another request with the same key was faster: its answer is the answer.
            return Err(Error::Conflict);
        }
        self.expire_stale(&mut tx, staff, look.now).await?;
        let Some(span) = look.span_at(&mut tx, staff, draft.starts_at, want).await? else { return Ok(None) };
        let booking = self.draft_to_booking(offer, staff, span, draft, look.now);
        bookings::insert(&mut tx, &booking, draft.hold.as_ref().map(|(hash, _)| hash)).await?;
        if let Some(customer) = booking.customer_id
            && !self.remember(&mut tx, customer, draft.asked, booking.id, look.now).await?
        {
            return Err(Error::Conflict);
        }
        let (terms, name) = (&candidate.terms, offer.treatment.name.clone());
        let item = BookingItem {
            treatment_id: offer.treatment.id,
            name,
            duration_min: terms.duration.get(),
            price: terms.price,
            vat_rate: terms.vat_rate,
            vat: terms.price.vat_inside(terms.vat_rate),
        };
        tx.run(booking_items::insert(booking.id, 0, &item)).await?;
        self.record(&mut tx, &booking, None, booking.status, &draft.by, look.now).await?;
        if let Some(actor) = draft.overbooked_by {
            let detail = json!({ "booking_id": booking.id });
            self.audit_admin(&mut tx, actor, "booking_overbooked", booking.customer_id, detail).await?;
        }
        tx.commit().await?;
        Ok(Some(booking))
    }

    fn draft_to_booking(&self, offer: &Offer, staff: StaffId, span: Span, draft: &Draft<'_>, now: DateTime<Utc>) -> Booking {
        Booking {
            id: self.parts.rng.id_v7::<BookingId>(now),
            code: BookingCode::from_bits(u32::from_be_bytes(self.parts.rng.bytes())),
            salon_id: offer.salon.id,
            staff_id: staff,
            customer_id: draft.customer,
            span,
            status: draft.status,
            is_overbooked: draft.overbooked_by.is_some(),
            attendee_name: draft.attendee_name.clone(),
            note: draft.note.clone(),
            source: draft.source,
            hold_expires_at: draft.hold.map(|(_, until)| until),
            version: 1,
            changed_at: now,
            created_at: now,
        }
    }

    /// Ends the holds of a member of staff that nobody turned into a booking in time. Call it with that one locked.
    pub(crate) async fn expire_stale(&self, tx: &mut Tx, staff: StaffId, now: DateTime<Utc>) -> Result<(), Error> {
        let over = bookings::update_stale(tx, staff, now).await?;
        self.record_expired(tx, &over, BookingStatus::Held, now).await
    }

    /// Writes down that time has passed over these.
    pub(crate) async fn record_expired(
        &self,
        tx: &mut Tx,
        over: &[BookingId],
        from: BookingStatus,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        for id in over {
            let event = self.event(*id, Some(from), BookingStatus::Expired, &Doing::time(), now);
            tx.run(booking_events::insert(&event)).await?;
        }
        Ok(())
    }

    /// Writes down what happened to a booking.
    pub(crate) async fn record(
        &self,
        tx: &mut Tx,
        booking: &Booking,
        from: Option<BookingStatus>,
        to: BookingStatus,
        doing: &Doing,
        now: DateTime<Utc>,
    ) -> Result<(), Error> {
        tx.run(booking_events::insert(&self.event(booking.id, from, to, doing, now))).await?;
        Ok(())
    }

    fn event(
        &self,
        booking: BookingId,
        from: Option<BookingStatus>,
        to: BookingStatus,
        doing: &Doing,
        now: DateTime<Utc>,
    ) -> BookingEvent {
        BookingEvent {
            id: self.parts.rng.id_v7::<BookingEventId>(now),
            booking_id: booking,
            actor_id: doing.actor,
            by: doing.by,
            from,
            to,
            reason: doing.reason.clone(),
            at: now,
        }
    }
}

fn is_taken_code(source: &(dyn std::error::Error + 'static)) -> bool {
    matches!(source.downcast_ref(), Some(StoreError::Unique { constraint }) if constraint == CODE_KEY)
}
