//! `booking_events`: what happened to bookings. Rows are only added; the words in them go with whose they are.

use domain::booking::{BookingEvent, BookingStatus, EventBy};
use domain::ids::{BookingEventId, BookingId, UserId};
use sqlx::FromRow;
use uuid::Uuid;

use crate::read::named;
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

#[derive(FromRow)]
struct EventRow {
    event_id: Uuid,
    booking_id: Uuid,
    actor_id: Option<Uuid>,
    actor_kind: String,
    from_status: Option<String>,
    to_status: String,
    reason: Option<String>,
    at: Instant,
}

impl TryFrom<EventRow> for BookingEvent {
    type Error = StoreError;

    fn try_from(row: EventRow) -> Result<Self, StoreError> {
        let status = |text: &str, column| named(text, column, BookingStatus::parse);
        Ok(Self {
            id: BookingEventId(row.event_id),
            booking_id: BookingId(row.booking_id),
            actor_id: row.actor_id.map(UserId),
            by: named(&row.actor_kind, "booking_events.actor_kind", EventBy::parse)?,
            from: row.from_status.as_deref().map(|text| status(text, "booking_events.from_status")).transpose()?,
            to: status(&row.to_status, "booking_events.to_status")?,
            reason: row.reason,
            at: row.at.0,
        })
    }
}

const INSERT: &str = "INSERT INTO booking_events (event_id, booking_id, actor_id, actor_kind, from_status, to_status, reason, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Something happened.
pub fn insert(event: &BookingEvent) -> Write<'_> {
    let e = event;
    write_of!(
        INSERT,
        e.id.0,
        e.booking_id.0,
        e.actor_id.map(|id| id.0),
        e.by.as_str(),
        e.from.map(BookingStatus::as_str),
        e.to.as_str(),
        e.reason.as_deref(),
        Instant(e.at),
    )
}

pub(crate) const LIST: &str =
    "SELECT event_id, booking_id, actor_id, actor_kind, from_status, to_status, reason, at FROM booking_events
    WHERE booking_id = $1 ORDER BY at, event_id";

/// What happened to a booking, in order.
pub async fn list(tx: &mut Tx, booking: BookingId) -> Result<Vec<BookingEvent>, StoreError> {
    fetch!(tx, fetch_all, EventRow, LIST, booking.0)?.into_iter().map(BookingEvent::try_from).collect()
}

const UPDATE_ANONYMISED: &str = "UPDATE booking_events SET reason = NULL WHERE reason IS NOT NULL
    AND booking_id IN (SELECT booking_id FROM bookings WHERE customer_id = $1)";

/// Takes the words out of all that happened to the bookings of somebody: theirs, and what was said of them.
pub fn update_anonymised(customer: UserId) -> Write<'static> {
    write_of!(UPDATE_ANONYMISED, customer.0)
}
