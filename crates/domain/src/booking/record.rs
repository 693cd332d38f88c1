//! A booking as stored, what was booked in it, and what happened to it.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::{Act, BookingCode, BookingStatus, Refusal, Times};
use crate::ids::{BookingEventId, BookingId, SalonId, StaffId, TreatmentId, UserId};
use crate::money::{Halalas, VatRate};
use crate::naming::Naming;

/// Longest name of whoever comes instead of the customer, in characters.
pub const ATTENDEE_MAX_CHARS: usize = 80;
/// Longest note of a customer to the salon, in characters.
pub const NOTE_MAX_CHARS: usize = 500;
/// Longest reason for something done to a booking, in characters.
pub const REASON_MAX_CHARS: usize = 500;
/// How long before a visit its customer is reminded of it.
pub const REMINDER: TimeDelta = TimeDelta::hours(24);

/// Through which door a booking came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BookingSource {
    /// The pages.
    Web,
    /// An app.
    Api,
    /// The salon, by phone or at the counter.
    Desk,
}

impl BookingSource {
    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Api => "api",
            Self::Desk => "desk",
        }
    }

    /// Reads [`BookingSource::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Web, Self::Api, Self::Desk].into_iter().find(|one| one.as_str() == text)
    }
}

/// When a visit is, and when nobody else gets the time. The ends are not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// When the customer comes.
    pub starts_at: DateTime<Utc>,
    /// When they go.
    pub ends_at: DateTime<Utc>,
    /// From when on the time is taken.
    pub blocked_from: DateTime<Utc>,
    /// When it is free again.
    pub blocked_to: DateTime<Utc>,
    /// The business day it belongs to: after midnight still the day before.
    pub business_date: NaiveDate,
}

/// A booking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// Key.
    pub id: BookingId,
    /// To be said over a counter.
    pub code: BookingCode,
    /// Where.
    pub salon_id: SalonId,
    /// With whom.
    pub staff_id: StaffId,
    /// Whose. `None` while it is held.
    pub customer_id: Option<UserId>,
    /// When.
    pub span: Span,
    /// Where it stands.
    pub status: BookingStatus,
    /// Put over another on purpose: the guard leaves it alone.
    pub is_overbooked: bool,
    /// Who comes, when it is not the customer.
    pub attendee_name: Option<String>,
    /// What the customer tells the salon.
    pub note: Option<String>,
    /// Where it came from.
    pub source: BookingSource,
    /// Until when it is held.
    pub hold_expires_at: Option<DateTime<Utc>>,
    /// Counts every change.
    pub version: i64,
    /// When it came to stand where it stands.
    pub changed_at: DateTime<Utc>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

impl Booking {
    /// Where it stands after `act`.
    ///
    /// # Errors
    /// Why not.
    pub fn after(&self, act: Act, now: DateTime<Utc>, cancel_window: TimeDelta) -> Result<BookingStatus, Refusal> {
        let times = Times {
            now,
            starts_at: self.span.starts_at,
            hold_expires_at: self.hold_expires_at,
            changed_at: self.changed_at,
            cancel_window,
        };
        self.status.after(act, &times)
    }

    /// Until when its customer may call it off or move it.
    pub fn changeable_until(&self, cancel_window: TimeDelta) -> DateTime<Utc> {
        match self.status {
            BookingStatus::Confirmed => self.span.starts_at - cancel_window,
            _ => self.span.starts_at,
        }
    }

    /// Whether its customer may still move it: as long as they may call it off.
    pub fn can_be_moved_by_customer(&self, now: DateTime<Utc>, cancel_window: TimeDelta) -> bool {
        self.status.can_move() && self.after(Act::CancelByCustomer, now, cancel_window).is_ok()
    }
}

/// One thing booked, as it was then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookingItem {
    /// What.
    pub treatment_id: TreatmentId,
    /// What it was called.
    pub name: Naming,
    /// How long it takes, in minutes.
    pub duration_min: u16,
    /// The price, VAT inside.
    pub price: Halalas,
    /// The rate of that VAT.
    pub vat_rate: VatRate,
    /// That VAT.
    pub vat: Halalas,
}

/// Who did something to a booking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventBy {
    /// Its customer, or whoever held it.
    Customer,
    /// The salon.
    Staff,
    /// Time.
    System,
}

impl EventBy {
    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Staff => "staff",
            Self::System => "system",
        }
    }

    /// Reads [`EventBy::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Customer, Self::Staff, Self::System].into_iter().find(|one| one.as_str() == text)
    }
}

/// What happened to a booking. The same status twice is a move to another time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookingEvent {
    /// Key.
    pub id: BookingEventId,
    /// To which.
    pub booking_id: BookingId,
    /// Who did it, when that was a person.
    pub actor_id: Option<UserId>,
    /// What they were.
    pub by: EventBy,
    /// Where it stood.
    pub from: Option<BookingStatus>,
    /// Where it stood then.
    pub to: BookingStatus,
    /// Why, in their words.
    pub reason: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}
