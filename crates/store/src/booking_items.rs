//! `booking_items`: what was booked, as it was then.

use chrono::{DateTime, NaiveDate, Utc};
use domain::booking::BookingItem;
use domain::ids::{BookingId, SalonId, TreatmentId, UserId};
use domain::money::VatRate;
use sqlx::FromRow;
use uuid::Uuid;

use crate::dialect::Wording;
use crate::read::{halalas, naming, number};
use crate::write::{Write, write_of};
use crate::{Day, Instant, StoreError, Tx};

#[derive(FromRow)]
struct ItemRow {
    booking_id: Uuid,
    treatment_id: Uuid,
    name_ar: Option<String>,
    name_en: Option<String>,
    duration_min: i64,
    price_halalas: i64,
    vat_rate_bp: i64,
    vat_halalas: i64,
}

impl TryFrom<ItemRow> for (BookingId, BookingItem) {
    type Error = StoreError;

    fn try_from(row: ItemRow) -> Result<Self, StoreError> {
        let column = "booking_items.vat_rate_bp";
        let item = BookingItem {
            treatment_id: TreatmentId(row.treatment_id),
            name: naming(row.name_ar.as_deref(), row.name_en.as_deref(), "booking_items.name")?,
            duration_min: number(row.duration_min, "booking_items.duration_min")?,
            price: halalas(row.price_halalas, "booking_items.price_halalas")?,
            vat_rate: VatRate::new(number(row.vat_rate_bp, column)?)
                .ok_or_else(|| StoreError::Inconsistent(format!("{column} is no rate")))?,
            vat: halalas(row.vat_halalas, "booking_items.vat_halalas")?,
        };
        Ok((BookingId(row.booking_id), item))
    }
}

const INSERT: &str =
    "INSERT INTO booking_items (booking_id, position, treatment_id, name_ar, name_en, duration_min, price_halalas,
    vat_rate_bp, vat_halalas) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// One thing of a booking, in its place.
pub fn insert(booking: BookingId, position: i64, item: &BookingItem) -> Write<'_> {
    let i = item;
    write_of!(
        INSERT,
        booking.0,
        position,
        i.treatment_id.0,
        i.name.ar(),
        i.name.en(),
        i64::from(i.duration_min),
        i.price.get(),
        i64::from(i.vat_rate.get()),
        i.vat.get(),
    )
}

macro_rules! items {
    ($($rest:literal),+) => {
        concat!(
            "SELECT booking_items.booking_id, booking_items.treatment_id, booking_items.name_ar, booking_items.name_en, \
             booking_items.duration_min, booking_items.price_halalas, booking_items.vat_rate_bp, booking_items.vat_halalas \
             FROM booking_items ",
            $($rest),+,
            " ORDER BY booking_items.booking_id, booking_items.position"
        )
    };
}

fn read(rows: Vec<ItemRow>) -> Result<Vec<(BookingId, BookingItem)>, StoreError> {
    rows.into_iter().map(<(BookingId, BookingItem)>::try_from).collect()
}

pub(crate) const LIST: &str = items!("WHERE booking_items.booking_id = $1");

/// What is in a booking.
pub async fn list(tx: &mut Tx, booking: BookingId) -> Result<Vec<BookingItem>, StoreError> {
    let items = read(fetch!(tx, fetch_all, ItemRow, LIST, booking.0)?)?;
    Ok(items.into_iter().map(|(_, item)| item).collect())
}

pub(crate) const LIST_FOR_CUSTOMER: &str = items!(
    "JOIN bookings ON bookings.booking_id = booking_items.booking_id WHERE bookings.customer_id = $1 \
     AND bookings.starts_at BETWEEN $2 AND $3"
);

/// What is in the bookings of somebody that begin between two instants, both included.
pub async fn list_for_customer(
    tx: &mut Tx,
    customer: UserId,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Result<Vec<(BookingId, BookingItem)>, StoreError> {
    read(fetch!(tx, fetch_all, ItemRow, LIST_FOR_CUSTOMER, customer.0, Instant(from), Instant(to))?)
}

pub(crate) const LIST_FOR_DAYS: &str = items!(
    "JOIN bookings ON bookings.booking_id = booking_items.booking_id WHERE bookings.salon_id = $1 \
     AND bookings.business_date BETWEEN $2 AND $3"
);

/// What is in the bookings of a salon on some business days, both included.
pub async fn list_for_days(
    tx: &mut Tx,
    salon: SalonId,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<(BookingId, BookingItem)>, StoreError> {
    read(fetch!(tx, fetch_all, ItemRow, LIST_FOR_DAYS, salon.0, Day(from), Day(to))?)
}

/// Any number of ids in one bind, a JSON array of texts.
macro_rules! list_by_bookings {
    ($ids:literal) => {
        items!("WHERE booking_items.booking_id IN (SELECT ", $ids, ")")
    };
}

pub(crate) const LIST_BY_BOOKINGS: Wording = Wording {
    sqlite: list_by_bookings!("unhex(value, '-') FROM json_each($1)"),
    postgres: list_by_bookings!("CAST(value AS UUID) FROM jsonb_array_elements_text(CAST($1 AS JSONB)) AS ids (value)"),
};

/// What is in these bookings.
pub async fn list_by_bookings(tx: &mut Tx, bookings: &[BookingId]) -> Result<Vec<(BookingId, BookingItem)>, StoreError> {
    let ids: Vec<String> = bookings.iter().map(ToString::to_string).collect();
    let sql = LIST_BY_BOOKINGS.of(tx.backend());
    read(fetch!(tx, fetch_all, ItemRow, sql, serde_json::Value::from(ids).to_string())?)
}
