//! A row of `bookings`, for every statement that reads one.

use domain::booking::{Booking, BookingCode, BookingSource, BookingStatus, Span};
use domain::ids::{BookingId, SalonId, StaffId, UserId};
use sqlx::FromRow;
use uuid::Uuid;

use crate::read::named;
use crate::{Day, Instant, StoreError};

/// The columns of [`BookingRow`].
macro_rules! booking_columns {
    () => {
        "bookings.booking_id, bookings.code, bookings.salon_id, bookings.staff_id, bookings.customer_id, bookings.starts_at, \
         bookings.ends_at, bookings.blocked_from, bookings.blocked_to, bookings.business_date, bookings.status AS booking_status, \
         bookings.is_overbooked, bookings.attendee_name, bookings.note, bookings.source, bookings.hold_expires_at, \
         bookings.version, bookings.changed_at, bookings.created_at AS booked_at"
    };
}

pub(crate) use booking_columns;

#[derive(FromRow)]
pub(crate) struct BookingRow {
    pub(crate) booking_id: Uuid,
    code: String,
    salon_id: Uuid,
    staff_id: Uuid,
    customer_id: Option<Uuid>,
    pub(crate) starts_at: Instant,
    ends_at: Instant,
    blocked_from: Instant,
    blocked_to: Instant,
    business_date: Day,
    booking_status: String,
    is_overbooked: bool,
    attendee_name: Option<String>,
    note: Option<String>,
    source: String,
    hold_expires_at: Option<Instant>,
    version: i64,
    changed_at: Instant,
    booked_at: Instant,
}

impl TryFrom<BookingRow> for Booking {
    type Error = StoreError;

    fn try_from(row: BookingRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: BookingId(row.booking_id),
            code: named(&row.code, "bookings.code", BookingCode::parse)?,
            salon_id: SalonId(row.salon_id),
            staff_id: StaffId(row.staff_id),
            customer_id: row.customer_id.map(UserId),
            span: Span {
                starts_at: row.starts_at.0,
                ends_at: row.ends_at.0,
                blocked_from: row.blocked_from.0,
                blocked_to: row.blocked_to.0,
                business_date: row.business_date.0,
            },
            status: named(&row.booking_status, "bookings.status", BookingStatus::parse)?,
            is_overbooked: row.is_overbooked,
            attendee_name: row.attendee_name,
            note: row.note,
            source: named(&row.source, "bookings.source", BookingSource::parse)?,
            hold_expires_at: row.hold_expires_at.map(|at| at.0),
            version: row.version,
            changed_at: row.changed_at.0,
            created_at: row.booked_at.0,
        })
    }
}
