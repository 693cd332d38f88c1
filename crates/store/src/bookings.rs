//! `bookings`: visits, and the guard against two at once. The guard is the database's own; [`StoreError::SlotTaken`] is its answer.

use chrono::{DateTime, Utc};
use domain::booking::{Booking, BookingStatus, Span};
use domain::ids::{BookingId, StaffId, UserId};
use uuid::Uuid;

use crate::booking_row::{BookingRow, booking_columns};
use crate::dialect::{Wording, select_and_lock};
use crate::write::{Write, write_of};
use crate::{Day, Instant, StoreError, Tx};

// The two rows that a booking refers to stay readable for its foreign keys: hence not FOR UPDATE.
const LOCK_STAFF: Wording = Wording {
    sqlite: "SELECT staff_id FROM staff WHERE staff_id = $1",
    postgres: "SELECT staff_id FROM staff WHERE staff_id = $1 FOR NO KEY UPDATE",
};

/// Nobody else books that member of staff until this transaction ends: whether there is one. Without it two that write overlapping rows
/// at once could wait for each other in the index of the guard.
pub async fn lock_staff(tx: &mut Tx, staff: StaffId) -> Result<bool, StoreError> {
    let sql = LOCK_STAFF.of(tx.backend());
    Ok(fetch!(tx, fetch_optional, (Uuid,), sql, staff.0)?.is_some())
}

const INSERT: &str = "INSERT INTO bookings (booking_id, code, salon_id, staff_id, customer_id, starts_at, ends_at, blocked_from,
    blocked_to, business_date, status, is_overbooked, attendee_name, note, source, hold_hash, hold_expires_at, version, changed_at,
    created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";

/// A new booking, or a hold with the hash of its token.
///
/// # Errors
/// [`StoreError::SlotTaken`]; on `PostgreSQL` the transaction is of no use then. [`StoreError::Unique`] when the code or the token is
/// there already.
pub async fn insert(tx: &mut Tx, booking: &Booking, hold_hash: Option<&[u8; 32]>) -> Result<(), StoreError> {
    lock_staff(tx, booking.staff_id).await?;
    let b = booking;
    let code = b.code.to_string();
    let write = write_of!(
        INSERT,
        b.id.0,
        code,
        b.salon_id.0,
        b.staff_id.0,
        b.customer_id.map(|id| id.0),
        Instant(b.span.starts_at),
        Instant(b.span.ends_at),
        Instant(b.span.blocked_from),
        Instant(b.span.blocked_to),
        Day(b.span.business_date),
        b.status.as_str(),
        b.is_overbooked,
        b.attendee_name.as_deref(),
        b.note.as_deref(),
        b.source.as_str(),
        hold_hash.map(|hash| hash.to_vec()),
        b.hold_expires_at.map(Instant),
        b.version,
        Instant(b.changed_at),
        Instant(b.created_at),
    );
    tx.run(write).await.map(drop)
}

pub(crate) const FIND: &str = concat!("SELECT ", booking_columns!(), " FROM bookings WHERE bookings.booking_id = $1");

/// A booking.
pub async fn find(tx: &mut Tx, id: BookingId) -> Result<Option<Booking>, StoreError> {
    fetch!(tx, fetch_optional, BookingRow, FIND, id.0)?.map(Booking::try_from).transpose()
}

const LOCK: Wording =
    select_and_lock!("bookings", "SELECT ", booking_columns!(), " FROM bookings WHERE bookings.booking_id = $1");

/// A booking; nobody else changes it until this transaction ends.
pub async fn lock(tx: &mut Tx, id: BookingId) -> Result<Option<Booking>, StoreError> {
    let sql = LOCK.of(tx.backend());
    fetch!(tx, fetch_optional, BookingRow, sql, id.0)?.map(Booking::try_from).transpose()
}

pub(crate) const FIND_BY_HOLD: &str = concat!("SELECT ", booking_columns!(), " FROM bookings WHERE bookings.hold_hash = $1");

/// What was held with a token, whatever became of it.
pub async fn find_by_hold(tx: &mut Tx, hold_hash: &[u8; 32]) -> Result<Option<Booking>, StoreError> {
    fetch!(tx, fetch_optional, BookingRow, FIND_BY_HOLD, hold_hash.as_slice())?.map(Booking::try_from).transpose()
}

/// What a hold becomes.
#[derive(Clone, Debug)]
pub struct Placed<'a> {
    /// Whose it is from now on.
    pub customer: UserId,
    /// Pending or confirmed.
    pub status: BookingStatus,
    /// Who comes, when it is not the customer.
    pub attendee_name: Option<&'a str>,
    /// What the customer tells the salon.
    pub note: Option<&'a str>,
}

const UPDATE_PLACED: &str =
    "UPDATE bookings SET customer_id = $2, status = $3, attendee_name = $4, note = $5, hold_expires_at = NULL,
    version = version + 1, changed_at = $6 WHERE hold_hash = $1 AND status = 'held' AND hold_expires_at > $6";

/// Turns the hold of a token into a booking. Touches no row when the token holds nothing, or no more.
pub fn update_placed<'a>(hold_hash: &'a [u8; 32], placed: &Placed<'a>, now: DateTime<Utc>) -> Write<'a> {
    let p = placed;
    write_of!(UPDATE_PLACED, hold_hash.as_slice(), p.customer.0, p.status.as_str(), p.attendee_name, p.note, Instant(now))
}

const UPDATE_STATUS: &str = "UPDATE bookings SET status = $4, hold_expires_at = NULL, version = version + 1, changed_at = $5
    WHERE booking_id = $1 AND version = $2 AND status = $3";

/// Where a booking stands from now on. Touches no row when it was changed since it was read.
///
/// # Errors
/// When it is run: [`StoreError::SlotTaken`], if it blocks its time again and another has it by now.
pub fn update_status(read: &Booking, status: BookingStatus, now: DateTime<Utc>) -> Write<'static> {
    write_of!(UPDATE_STATUS, read.id.0, read.version, read.status.as_str(), status.as_str(), Instant(now))
}

const UPDATE_SPAN: &str = "UPDATE bookings SET staff_id = $4, starts_at = $5, ends_at = $6, blocked_from = $7, blocked_to = $8,
    business_date = $9, is_overbooked = $10, status = $11, version = version + 1, changed_at = $12
    WHERE booking_id = $1 AND version = $2 AND status = $3";

/// Where a booking is moved to.
#[derive(Clone, Copy, Debug)]
pub struct Moved {
    /// With whom.
    pub staff: StaffId,
    /// When.
    pub span: Span,
    /// Whether it is put over another on purpose.
    pub is_overbooked: bool,
    /// Where it stands then.
    pub status: BookingStatus,
}

/// Moves a booking in place. Touches no row when it was changed since it was read.
///
/// # Errors
/// When it is run: [`StoreError::SlotTaken`].
pub fn update_span(read: &Booking, to: &Moved, now: DateTime<Utc>) -> Write<'static> {
    let span = to.span;
    write_of!(
        UPDATE_SPAN,
        read.id.0,
        read.version,
        read.status.as_str(),
        to.staff.0,
        Instant(span.starts_at),
        Instant(span.ends_at),
        Instant(span.blocked_from),
        Instant(span.blocked_to),
        Day(span.business_date),
        to.is_overbooked,
        to.status.as_str(),
        Instant(now),
    )
}

const UPDATE_STALE: &str = "UPDATE bookings SET status = 'expired', version = version + 1, changed_at = $2
    WHERE staff_id = $1 AND status = 'held' AND hold_expires_at <= $2 RETURNING booking_id";

/// Ends the holds of a member of staff that nobody turned into a booking in time: which.
pub async fn update_stale(tx: &mut Tx, staff: StaffId, now: DateTime<Utc>) -> Result<Vec<BookingId>, StoreError> {
    ids(fetch!(tx, fetch_all, (Uuid,), UPDATE_STALE, staff.0, Instant(now)))
}

/// Ends at most `$2` bookings of a status whose time was over at `$1`. Rows that somebody is at are left for the next time.
macro_rules! update_over {
    ($status:literal, $column:literal, $skip:literal) => {
        concat!(
            "UPDATE bookings SET status = 'expired', version = version + 1, changed_at = $1 WHERE status = '",
            $status,
            "' AND ",
            $column,
            " <= $1 AND booking_id IN (SELECT booking_id FROM bookings WHERE status = '",
            $status,
            "' AND ",
            $column,
            " <= $1 ORDER BY ",
            $column,
            " LIMIT $2",
            $skip,
            ") RETURNING booking_id"
        )
    };
}

pub(crate) const UPDATE_HOLDS_OVER: Wording = Wording {
    sqlite: update_over!("held", "hold_expires_at", ""),
    postgres: update_over!("held", "hold_expires_at", " FOR UPDATE SKIP LOCKED"),
};
pub(crate) const UPDATE_PENDING_OVER: Wording = Wording {
    sqlite: update_over!("pending", "starts_at", ""),
    postgres: update_over!("pending", "starts_at", " FOR UPDATE SKIP LOCKED"),
};

/// Ends up to `limit` holds that are over: which.
pub async fn update_holds_over(tx: &mut Tx, now: DateTime<Utc>, limit: u32) -> Result<Vec<BookingId>, StoreError> {
    let sql = UPDATE_HOLDS_OVER.of(tx.backend());
    ids(fetch!(tx, fetch_all, (Uuid,), sql, Instant(now), i64::from(limit)))
}

/// Ends up to `limit` bookings to which the salon said nothing before they were to begin: which.
pub async fn update_pending_over(tx: &mut Tx, now: DateTime<Utc>, limit: u32) -> Result<Vec<BookingId>, StoreError> {
    let sql = UPDATE_PENDING_OVER.of(tx.backend());
    ids(fetch!(tx, fetch_all, (Uuid,), sql, Instant(now), i64::from(limit)))
}

fn ids(rows: Result<Vec<(Uuid,)>, StoreError>) -> Result<Vec<BookingId>, StoreError> {
    Ok(rows?.into_iter().map(|(id,)| BookingId(id)).collect())
}

const UPDATE_ANONYMISED: &str =
    "UPDATE bookings SET attendee_name = NULL, note = NULL, version = version + 1 WHERE customer_id = $1
    AND (attendee_name IS NOT NULL OR note IS NOT NULL)";

/// Takes the words out of all bookings of somebody. The bookings stay.
pub fn update_anonymised(customer: UserId) -> Write<'static> {
    write_of!(UPDATE_ANONYMISED, customer.0)
}

const UPDATE_CUSTOMER: &str = "UPDATE bookings SET customer_id = $2, version = version + 1 WHERE customer_id = $1";

/// The bookings of one account are another's from now on: two accounts were one person.
pub fn update_customer(from: UserId, to: UserId) -> Write<'static> {
    write_of!(UPDATE_CUSTOMER, from.0, to.0)
}

pub(crate) const COUNT_OVERLAPPING: &str =
    "SELECT CAST(count(*) AS BIGINT) FROM bookings WHERE customer_id = $1 AND starts_at < $3
    AND ends_at > $2 AND booking_id <> $4 AND status IN ('pending', 'confirmed', 'arrived')";

/// How many other bookings somebody has at that time.
pub async fn count_overlapping(tx: &mut Tx, customer: UserId, span: &Span, but: BookingId) -> Result<u64, StoreError> {
    let (from, to) = (Instant(span.starts_at), Instant(span.ends_at));
    let (count,) = fetch!(tx, fetch_one, (i64,), COUNT_OVERLAPPING, customer.0, from, to, but.0)?;
    crate::read::number(count, "count")
}
