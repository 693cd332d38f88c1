//! `reviews`: what customers say of visits. Who they are is looked up by whoever asks, and never stands in a row.

use chrono::{DateTime, Utc};
use domain::ids::{BookingId, ReviewId, SalonId, StaffId, UserId};
use domain::review::{Rating, Review, ReviewStatus, ShownAs};
use sqlx::FromRow;
use uuid::Uuid;

use crate::dialect::{Wording, select_and_lock};
use crate::read::{named, number};
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

macro_rules! review_columns {
    () => {
        "reviews.review_id, reviews.booking_id, reviews.salon_id, reviews.staff_id, reviews.customer_id, reviews.rating, reviews.text, \
         reviews.shown_as, reviews.status AS review_status, reviews.reply, reviews.replied_at, reviews.written_at, \
         reviews.changed_at"
    };
}

pub(crate) use review_columns;

#[derive(FromRow)]
pub(crate) struct ReviewRow {
    review_id: Uuid,
    booking_id: Uuid,
    salon_id: Uuid,
    staff_id: Uuid,
    customer_id: Uuid,
    rating: i64,
    text: Option<String>,
    shown_as: String,
    review_status: String,
    reply: Option<String>,
    replied_at: Option<Instant>,
    written_at: Instant,
    changed_at: Instant,
}

impl TryFrom<ReviewRow> for Review {
    type Error = StoreError;

    fn try_from(row: ReviewRow) -> Result<Self, StoreError> {
        let rating = Rating::new(number(row.rating, "reviews.rating")?);
        Ok(Self {
            id: ReviewId(row.review_id),
            booking_id: BookingId(row.booking_id),
            salon_id: SalonId(row.salon_id),
            staff_id: StaffId(row.staff_id),
            customer_id: UserId(row.customer_id),
            rating: rating.ok_or_else(|| StoreError::Inconsistent("reviews.rating is out of range".into()))?,
            text: row.text,
            shown_as: named(&row.shown_as, "reviews.shown_as", ShownAs::parse)?,
            status: named(&row.review_status, "reviews.status", ReviewStatus::parse)?,
            reply: row.reply,
            replied_at: row.replied_at.map(|at| at.0),
            written_at: row.written_at.0,
            changed_at: row.changed_at.0,
        })
    }
}

const INSERT: &str =
    "INSERT INTO reviews (review_id, booking_id, salon_id, staff_id, customer_id, rating, text, shown_as, status,
    written_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10) ON CONFLICT (booking_id) DO NOTHING";

/// What is said of a visit. Touches no row when something was said of it already.
pub fn insert(review: &Review) -> Write<'_> {
    let r = review;
    write_of!(
        INSERT,
        r.id.0,
        r.booking_id.0,
        r.salon_id.0,
        r.staff_id.0,
        r.customer_id.0,
        i64::from(r.rating.get()),
        r.text.as_deref(),
        r.shown_as.as_str(),
        r.status.as_str(),
        Instant(r.written_at),
    )
}

const LOCK: Wording = select_and_lock!("reviews", "SELECT ", review_columns!(), " FROM reviews WHERE reviews.review_id = $1");

/// A review; nobody else changes it until this transaction ends.
pub async fn lock(tx: &mut Tx, id: ReviewId) -> Result<Option<Review>, StoreError> {
    let sql = LOCK.of(tx.backend());
    fetch!(tx, fetch_optional, ReviewRow, sql, id.0)?.map(Review::try_from).transpose()
}

pub(crate) const FIND_BY_BOOKING: &str = concat!("SELECT ", review_columns!(), " FROM reviews WHERE reviews.booking_id = $1");

/// What was said of a visit.
pub async fn find_by_booking(tx: &mut Tx, booking: BookingId) -> Result<Option<Review>, StoreError> {
    fetch!(tx, fetch_optional, ReviewRow, FIND_BY_BOOKING, booking.0)?.map(Review::try_from).transpose()
}

const UPDATE: &str = "UPDATE reviews SET rating = $2, text = $3, shown_as = $4, status = $5, reply = $6, replied_at = $7,
    changed_at = $8 WHERE review_id = $1 AND changed_at = $9";

/// How a review is now. Touches no row when it was changed since it was read.
pub fn update(review: &Review, read: DateTime<Utc>) -> Write<'_> {
    let r = review;
    write_of!(
        UPDATE,
        r.id.0,
        i64::from(r.rating.get()),
        r.text.as_deref(),
        r.shown_as.as_str(),
        r.status.as_str(),
        r.reply.as_deref(),
        r.replied_at.map(Instant),
        Instant(r.changed_at),
        Instant(read),
    )
}

pub(crate) const LIST_FOR_CUSTOMER: &str = concat!(
    "SELECT ",
    review_columns!(),
    " FROM reviews WHERE reviews.customer_id = $1 ORDER BY reviews.written_at, reviews.review_id"
);

/// All that somebody said, in order.
pub async fn list_for_customer(tx: &mut Tx, customer: UserId) -> Result<Vec<Review>, StoreError> {
    fetch!(tx, fetch_all, ReviewRow, LIST_FOR_CUSTOMER, customer.0)?.into_iter().map(Review::try_from).collect()
}

const UPDATE_CUSTOMER: &str = "UPDATE reviews SET customer_id = $2 WHERE customer_id = $1";

/// The reviews of one account are another's from now on: two accounts were one person.
pub fn update_customer(from: UserId, to: UserId) -> Write<'static> {
    write_of!(UPDATE_CUSTOMER, from.0, to.0)
}
