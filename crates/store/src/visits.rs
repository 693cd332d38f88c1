//! Bookings with what stands beside them on a page: where, with whom, whose.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::booking::{Booking, BookingItem};
use domain::ids::{BookingId, SalonId, StaffId, UserId};
use domain::naming::Naming;
use domain::schedule::Wall;
use domain::user::User;
use sqlx::FromRow;
use uuid::Uuid;

use crate::booking_row::{BookingRow, booking_columns};
use crate::read::{named, naming, number};
use crate::user_row::{MaybeUserRow, user_columns};
use crate::{Day, Instant, StoreError, Tx, booking_items};

/// A booking and what is said of it.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The booking.
    pub booking: Booking,
    /// What is in it.
    pub items: Vec<BookingItem>,
    /// The name of the salon in addresses.
    pub salon_slug: String,
    /// The name of the salon.
    pub salon_name: Naming,
    /// The clock there.
    pub wall: Wall,
    /// How long before its start a customer may still call it off.
    pub cancel_window: TimeDelta,
    /// The name of the member of staff, if the public ever knew one.
    pub staff_name: Option<Naming>,
    /// Whose it is.
    pub customer: Option<User>,
    /// Whether its customer has said what it was like.
    pub is_reviewed: bool,
}

#[derive(FromRow)]
struct VisitRow {
    #[sqlx(flatten)]
    booking: BookingRow,
    slug: String,
    salon_ar: Option<String>,
    salon_en: Option<String>,
    timezone: String,
    cancel_window_min: i64,
    staff_ar: Option<String>,
    staff_en: Option<String>,
    is_reviewed: bool,
    #[sqlx(flatten)]
    customer: MaybeUserRow,
}

impl VisitRow {
    fn with(self, items: &mut HashMap<BookingId, Vec<BookingItem>>) -> Result<Visit, StoreError> {
        let booking = Booking::try_from(self.booking)?;
        let is_named = self.staff_ar.is_some() || self.staff_en.is_some();
        let staff = is_named.then(|| naming(self.staff_ar.as_deref(), self.staff_en.as_deref(), "staff.name"));
        Ok(Visit {
            items: items.remove(&booking.id).unwrap_or_default(),
            salon_slug: self.slug,
            salon_name: naming(self.salon_ar.as_deref(), self.salon_en.as_deref(), "salons.name")?,
            wall: named(&self.timezone, "salons.timezone", Wall::parse)?,
            cancel_window: TimeDelta::minutes(number(self.cancel_window_min, "salons.cancel_window_min")?),
            staff_name: staff.transpose()?,
            customer: self.customer.try_into()?,
            is_reviewed: self.is_reviewed,
            booking,
        })
    }
}

macro_rules! visits {
    ($($rest:literal),+) => {
        concat!(
            "SELECT ",
            booking_columns!(),
            ", salons.slug, salons.name_ar AS salon_ar, salons.name_en AS salon_en, salons.timezone, salons.cancel_window_min, \
             staff.name_ar AS staff_ar, staff.name_en AS staff_en, EXISTS (SELECT 1 FROM reviews WHERE reviews.booking_id = \
             bookings.booking_id) AS is_reviewed, ",
            user_columns!(),
            " FROM bookings JOIN salons ON salons.salon_id = bookings.salon_id JOIN staff ON staff.staff_id = bookings.staff_id \
             LEFT JOIN users ON users.user_id = bookings.customer_id ",
            $($rest),+
        )
    };
}

pub(crate) const FIND: &str = visits!("WHERE bookings.booking_id = $1");

/// One booking.
pub async fn find(tx: &mut Tx, id: BookingId) -> Result<Option<Visit>, StoreError> {
    let Some(row) = fetch!(tx, fetch_optional, VisitRow, FIND, id.0)? else { return Ok(None) };
    let mut items = HashMap::from([(id, booking_items::list(tx, id).await?)]);
    row.with(&mut items).map(Some)
}

/// Where a page of bookings goes on: after this one.
pub type After = (DateTime<Utc>, BookingId);

pub(crate) const LIST_UPCOMING: &str = visits!(
    "WHERE bookings.customer_id = $1 AND bookings.status IN ('pending', 'confirmed', 'arrived') AND bookings.ends_at > $2 \
     AND (bookings.starts_at, bookings.booking_id) > ($3, $4) ORDER BY bookings.starts_at, bookings.booking_id LIMIT $5"
);

/// What somebody has booked and is not over, the next first.
pub async fn list_upcoming(
    tx: &mut Tx,
    customer: UserId,
    now: DateTime<Utc>,
    after: Option<After>,
    limit: u32,
) -> Result<Vec<Visit>, StoreError> {
    let (at, id) = after.map_or((Instant(DateTime::UNIX_EPOCH), Uuid::nil()), |(at, id)| (Instant(at), id.0));
    let rows = fetch!(tx, fetch_all, VisitRow, LIST_UPCOMING, customer.0, Instant(now), at, id, i64::from(limit))?;
    with_items_of(tx, customer, rows).await
}

pub(crate) const LIST_PAST: &str = visits!(
    "WHERE bookings.customer_id = $1 AND bookings.status <> 'held' AND (bookings.ends_at <= $2 \
     OR bookings.status NOT IN ('pending', 'confirmed', 'arrived')) \
     AND (bookings.starts_at, bookings.booking_id) < ($3, $4) ORDER BY bookings.starts_at DESC, bookings.booking_id DESC LIMIT $5"
);

/// What somebody had booked, called off or not, the last first.
pub async fn list_past(
    tx: &mut Tx,
    customer: UserId,
    now: DateTime<Utc>,
    after: Option<After>,
    limit: u32,
) -> Result<Vec<Visit>, StoreError> {
    let far = DateTime::from_timestamp(253_402_300_799, 0).unwrap_or(now);
    let (at, id) = after.map_or((Instant(far), Uuid::max()), |(at, id)| (Instant(at), id.0));
    let rows = fetch!(tx, fetch_all, VisitRow, LIST_PAST, customer.0, Instant(now), at, id, i64::from(limit))?;
    with_items_of(tx, customer, rows).await
}

async fn with_items_of(tx: &mut Tx, customer: UserId, rows: Vec<VisitRow>) -> Result<Vec<Visit>, StoreError> {
    let starts = |row: &VisitRow| row.booking.starts_at.0;
    let (Some(from), Some(to)) = (rows.iter().map(starts).min(), rows.iter().map(starts).max()) else {
        return Ok(Vec::new());
    };
    together(rows, booking_items::list_for_customer(tx, customer, from, to).await?)
}

fn together(rows: Vec<VisitRow>, items: Vec<(BookingId, BookingItem)>) -> Result<Vec<Visit>, StoreError> {
    let mut by_booking: HashMap<BookingId, Vec<BookingItem>> = HashMap::new();
    for (id, item) in items {
        by_booking.entry(id).or_default().push(item);
    }
    rows.into_iter().map(|row| row.with(&mut by_booking)).collect()
}

// `$4` is one member of staff or NULL, which is everybody.
pub(crate) const LIST_FOR_DAYS: &str = visits!(
    "WHERE bookings.salon_id = $1 AND bookings.business_date BETWEEN $2 AND $3 AND bookings.status <> 'expired' \
     AND (bookings.status <> 'held' OR bookings.hold_expires_at > $5) AND bookings.staff_id = COALESCE($4, bookings.staff_id) \
     ORDER BY bookings.starts_at, bookings.booking_id LIMIT $6"
);

/// Which bookings of a salon.
#[derive(Clone, Copy, Debug)]
pub struct Days {
    /// Where.
    pub salon: SalonId,
    /// The first business day.
    pub from: NaiveDate,
    /// The last one.
    pub to: NaiveDate,
    /// One of its staff, `None`: all.
    pub staff: Option<StaffId>,
    /// Holds that are over by then are not among them.
    pub now: DateTime<Utc>,
}

/// The bookings of a salon on some business days, holds that hold included, in the order they begin.
pub async fn list_for_days(tx: &mut Tx, days: &Days, limit: u32) -> Result<Vec<Visit>, StoreError> {
    let d = days;
    let (from, to, staff) = (Day(d.from), Day(d.to), d.staff.map(|id| id.0));
    let rows = fetch!(tx, fetch_all, VisitRow, LIST_FOR_DAYS, d.salon.0, from, to, staff, Instant(d.now), i64::from(limit))?;
    together(rows, booking_items::list_for_days(tx, d.salon, d.from, d.to).await?)
}

pub(crate) const FIND_BY_CODE: &str = visits!("WHERE bookings.salon_id = $1 AND bookings.code = $2");

/// The booking of a salon with that code.
pub async fn find_by_code(tx: &mut Tx, salon: SalonId, code: domain::booking::BookingCode) -> Result<Option<Visit>, StoreError> {
    let Some(row) = fetch!(tx, fetch_optional, VisitRow, FIND_BY_CODE, salon.0, code.to_string())? else { return Ok(None) };
    let id = BookingId(row.booking.booking_id);
    let mut items = HashMap::from([(id, booking_items::list(tx, id).await?)]);
    row.with(&mut items).map(Some)
}

pub(crate) const LIST_WAITING: &str = visits!(
    "WHERE bookings.salon_id = $1 AND bookings.starts_at >= $2 AND bookings.status = 'pending' \
     AND bookings.staff_id = COALESCE($3, bookings.staff_id) ORDER BY bookings.starts_at, bookings.booking_id LIMIT $4"
);

/// What waits for the yes of a salon from an instant on, or of one of its staff, the next first.
pub async fn list_waiting(
    tx: &mut Tx,
    salon: SalonId,
    from: DateTime<Utc>,
    staff: Option<StaffId>,
    limit: u32,
) -> Result<Vec<Visit>, StoreError> {
    let staff = staff.map(|id| id.0);
    let rows = fetch!(tx, fetch_all, VisitRow, LIST_WAITING, salon.0, Instant(from), staff, i64::from(limit))?;
    let ids: Vec<_> = rows.iter().map(|row| BookingId(row.booking.booking_id)).collect();
    together(rows, booking_items::list_by_bookings(tx, &ids).await?)
}

pub(crate) const LIST_OF_CUSTOMER: &str = visits!(
    "WHERE bookings.customer_id = $1 AND (bookings.starts_at, bookings.booking_id) < ($2, $3) \
     ORDER BY bookings.starts_at DESC, bookings.booking_id DESC LIMIT $4"
);

/// All that somebody booked anywhere, the last first.
pub async fn list_of_customer(tx: &mut Tx, customer: UserId, after: Option<After>, limit: u32) -> Result<Vec<Visit>, StoreError> {
    let far = DateTime::from_timestamp(253_402_300_799, 0).unwrap_or(DateTime::UNIX_EPOCH);
    let (at, id) = after.map_or((Instant(far), Uuid::max()), |(at, id)| (Instant(at), id.0));
    let rows = fetch!(tx, fetch_all, VisitRow, LIST_OF_CUSTOMER, customer.0, at, id, i64::from(limit))?;
    with_items_of(tx, customer, rows).await
}
