//! Bookings as JSON, for their customer.

use chrono::{DateTime, NaiveDate, Utc};
use domain::booking::{Act, BookingItem};
use domain::locale::Locale;
use domain::review::{Review, can_review};
use serde::Serialize;
use usecases::{Booked, Visit};
use utoipa::ToSchema;
use uuid::Uuid;

/// A booking.
#[expect(clippy::struct_excessive_bools, reason = "what may be done with it, one by one, as JSON says it")]
#[derive(Serialize, ToSchema)]
pub struct BookingView {
    pub id: Uuid,
    /// Six characters to say over the counter.
    #[schema(example = "7F3K9X")]
    pub code: String,
    /// `held`, `pending`, `confirmed`, `arrived`, `completed`, `cancelled_by_customer`, `cancelled_by_salon`, `declined`, `no_show` or
    /// `expired`.
    #[schema(value_type = String, example = "confirmed")]
    pub status: &'static str,
    pub salon: BookingSalon,
    pub staff: BookingStaff,
    pub items: Vec<BookingItemView>,
    /// Of all items, VAT inside.
    #[schema(example = 11500)]
    pub total_halalas: i64,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// The day of the salon that it belongs to: after midnight still the day before.
    pub business_date: NaiveDate,
    /// Of the salon.
    #[schema(example = "Asia/Riyadh")]
    pub timezone: &'static str,
    /// Who comes, when it is not the customer.
    pub attendee_name: Option<String>,
    pub note: Option<String>,
    /// `web`, `api` or `desk`.
    #[schema(value_type = String, example = "api")]
    pub source: &'static str,
    /// Until when it is held.
    pub hold_expires_at: Option<DateTime<Utc>>,
    /// Counts every change: send it with the next one.
    #[schema(example = 1)]
    pub version: i64,
    /// Whether its customer can still call it off, or move it.
    pub can_cancel: bool,
    pub can_reschedule: bool,
    /// Until when.
    pub changeable_until: DateTime<Utc>,
    /// Whether its customer can say what it was like.
    pub can_review: bool,
    pub is_reviewed: bool,
    pub created_at: DateTime<Utc>,
}

/// Where.
#[derive(Serialize, ToSchema)]
pub struct BookingSalon {
    /// Its name in addresses.
    pub slug: String,
    /// In the language of `Accept-Language`, if it has one there.
    pub name: String,
}

/// With whom.
#[derive(Serialize, ToSchema)]
pub struct BookingStaff {
    pub id: Uuid,
    pub name: Option<String>,
}

/// What was booked, as it was then.
#[derive(Serialize, ToSchema)]
pub struct BookingItemView {
    pub service_id: Uuid,
    pub name: String,
    #[schema(example = 45)]
    pub duration_min: u16,
    /// VAT inside.
    #[schema(example = 11500)]
    pub price_halalas: i64,
    /// That VAT.
    #[schema(example = 1500)]
    pub vat_halalas: i64,
    /// Its rate in basis points.
    #[schema(example = 1500)]
    pub vat_rate_bp: u16,
}

impl BookingView {
    pub fn new(visit: &Visit, now: DateTime<Utc>, locale: Locale) -> Self {
        let booking = &visit.booking;
        let item = |item: &BookingItem| BookingItemView {
            service_id: item.treatment_id.0,
            name: item.name.get(locale).to_owned(),
            duration_min: item.duration_min,
            price_halalas: item.price.get(),
            vat_halalas: item.vat.get(),
            vat_rate_bp: item.vat_rate.get(),
        };
        Self {
            id: booking.id.0,
            code: booking.code.to_string(),
            status: booking.status.as_str(),
            salon: BookingSalon { slug: visit.salon_slug.clone(), name: visit.salon_name.get(locale).to_owned() },
            staff: BookingStaff {
                id: booking.staff_id.0,
                name: visit.staff_name.as_ref().map(|name| name.get(locale).to_owned()),
            },
            items: visit.items.iter().map(item).collect(),
            total_halalas: visit.items.iter().map(|item| item.price.get()).sum(),
            starts_at: booking.span.starts_at,
            ends_at: booking.span.ends_at,
            business_date: booking.span.business_date,
            timezone: visit.wall.name(),
            attendee_name: booking.attendee_name.clone(),
            note: booking.note.clone(),
            source: booking.source.as_str(),
            hold_expires_at: booking.hold_expires_at,
            version: booking.version,
            can_cancel: booking.after(Act::CancelByCustomer, now, visit.cancel_window).is_ok(),
            can_reschedule: booking.can_be_moved_by_customer(now, visit.cancel_window),
            changeable_until: booking.changeable_until(visit.cancel_window),
            can_review: can_review(booking.status),
            is_reviewed: visit.is_reviewed,
            created_at: booking.created_at,
        }
    }
}

/// A booking just made.
#[derive(Serialize, ToSchema)]
pub struct BookedView {
    #[serde(flatten)]
    pub booking: BookingView,
    /// How many other bookings its customer has at that time. Worth a warning; it is no mistake.
    #[schema(example = 0)]
    pub overlaps: u64,
}

impl BookedView {
    pub fn new(booked: &Booked, now: DateTime<Utc>, locale: Locale) -> Self {
        Self { booking: BookingView::new(&booked.visit, now, locale), overlaps: booked.overlaps }
    }
}

/// A page of bookings.
#[derive(Serialize, ToSchema)]
pub struct BookingPage {
    pub items: Vec<BookingView>,
    /// For `after`; null on the last page.
    pub next: Option<String>,
}

/// What somebody said of a visit, for themselves.
#[derive(Serialize, ToSchema)]
pub struct OwnReview {
    pub id: Uuid,
    #[schema(minimum = 1, maximum = 5, example = 5)]
    pub rating: u8,
    pub text: Option<String>,
    /// `name_initial`, `first_name` or `anonymous`.
    #[schema(value_type = String, example = "name_initial")]
    pub shown_as: &'static str,
    /// `pending`, `published` or `hidden`.
    #[schema(value_type = String, example = "pending")]
    pub status: &'static str,
    /// The answer of the salon.
    pub reply: Option<String>,
    pub replied_at: Option<DateTime<Utc>>,
    pub written_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
}

impl From<&Review> for OwnReview {
    fn from(review: &Review) -> Self {
        Self {
            id: review.id.0,
            rating: review.rating.get(),
            text: review.text.clone(),
            shown_as: review.shown_as.as_str(),
            status: review.status.as_str(),
            reply: review.reply.clone(),
            replied_at: review.replied_at,
            written_at: review.written_at,
            changed_at: review.changed_at,
        }
    }
}
