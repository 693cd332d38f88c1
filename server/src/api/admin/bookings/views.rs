//! Bookings and reviews as their salon sees them. A customer is shown by audience: whole phones only to those who may see them.

use chrono::{DateTime, Utc};
use domain::booking::BookingEvent;
use domain::locale::Locale;
use domain::person::{Audience, display_name};
use domain::phone::Mask;
use domain::review::{Flags, author_name};
use domain::user::User;
use serde::Serialize;
use usecases::{DayList, MineOrDesk, SignedEvent, SignedReview, Visit};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::bookings::views::BookingView;

/// Whose a booking is.
#[derive(Serialize, ToSchema)]
pub struct CustomerChip {
    pub id: Uuid,
    /// What they are called, for staff.
    #[schema(example = "سارة العتيبي")]
    pub name: String,
    /// E.164 for those who may see it, else only its last four digits.
    #[schema(example = "+966501234567")]
    pub phone: Option<String>,
    pub is_phone_masked: bool,
}

impl CustomerChip {
    pub fn new(user: &User, may_view_phone: bool, locale: Locale) -> Self {
        let short_id = user.id.short();
        let name = display_name(&user.as_person(&short_id), Audience::SalonStaff { may_view_phone }, locale);
        let phone =
            user.phone.as_ref().map(|phone| if may_view_phone { phone.as_e164().to_owned() } else { phone.masked(Mask::M1) });
        Self { id: user.id.0, name: name.text, phone, is_phone_masked: !may_view_phone }
    }
}

/// A booking of a salon.
#[derive(Serialize, ToSchema)]
pub struct DeskBookingView {
    #[serde(flatten)]
    pub booking: BookingView,
    /// Null while it is held.
    pub customer: Option<CustomerChip>,
    /// Put over another on purpose.
    pub is_overbooked: bool,
    /// The time with what is around it.
    pub blocked_from: DateTime<Utc>,
    pub blocked_to: DateTime<Utc>,
}

impl DeskBookingView {
    pub fn new(visit: &Visit, may_view_phone: bool, now: DateTime<Utc>, locale: Locale) -> Self {
        Self {
            booking: BookingView::new(visit, now, locale),
            customer: visit.customer.as_ref().map(|user| CustomerChip::new(user, may_view_phone, locale)),
            is_overbooked: visit.booking.is_overbooked,
            blocked_from: visit.booking.span.blocked_from,
            blocked_to: visit.booking.span.blocked_to,
        }
    }

    pub fn seen(seen: &MineOrDesk, now: DateTime<Utc>, locale: Locale) -> Self {
        Self::new(&seen.visit, seen.may_view_phone, now, locale)
    }
}

/// A booking that the salon just made.
#[derive(Serialize, ToSchema)]
pub struct DeskBookedView {
    #[serde(flatten)]
    pub booking: DeskBookingView,
    /// How many other bookings its customer has at that time.
    #[schema(example = 0)]
    pub overlaps: u64,
}

/// The bookings of a salon on some days.
#[derive(Serialize, ToSchema)]
pub struct DeskBookings {
    /// In the order they begin.
    pub items: Vec<DeskBookingView>,
}

impl DeskBookings {
    pub fn new(list: &DayList, now: DateTime<Utc>, locale: Locale) -> Self {
        let view = |visit| DeskBookingView::new(visit, list.may_view_phone, now, locale);
        Self { items: list.visits.iter().map(view).collect() }
    }
}

/// What happened to a booking.
#[derive(Serialize, ToSchema)]
pub struct BookingEventItem {
    pub at: DateTime<Utc>,
    /// `customer`, `staff` or `system`.
    #[schema(value_type = String, example = "customer")]
    pub by: &'static str,
    /// What whoever did it is called.
    pub name: Option<String>,
    /// Null when it was made; the same as `to` when it was moved.
    pub from: Option<&'static str>,
    #[schema(value_type = String, example = "confirmed")]
    pub to: &'static str,
    pub reason: Option<String>,
}

/// All that happened to a booking.
#[derive(Serialize, ToSchema)]
pub struct BookingEvents {
    /// In order.
    pub items: Vec<BookingEventItem>,
}

impl BookingEvents {
    pub fn new(events: &[SignedEvent], may_view_phone: bool, locale: Locale) -> Self {
        let item = |SignedEvent { event, actor }: &SignedEvent| {
            let BookingEvent { at, by, from, to, reason, .. } = event;
            BookingEventItem {
                at: *at,
                by: by.as_str(),
                name: actor.as_ref().map(|user| CustomerChip::new(user, may_view_phone, locale).name),
                from: from.map(domain::booking::BookingStatus::as_str),
                to: to.as_str(),
                reason: reason.clone(),
            }
        };
        Self { items: events.iter().map(item).collect() }
    }
}

/// A review for those who decide on it.
#[derive(Serialize, ToSchema)]
pub struct DeskReview {
    pub id: Uuid,
    pub booking_id: Uuid,
    #[schema(minimum = 1, maximum = 5, example = 5)]
    pub rating: u8,
    pub text: Option<String>,
    /// What stands, or would stand, beside it.
    pub shown_name: String,
    pub customer: CustomerChip,
    pub staff_name: Option<String>,
    /// `pending`, `published` or `hidden`.
    #[schema(value_type = String, example = "pending")]
    pub status: &'static str,
    /// The text may hold a phone, or an address of the web or of e-mail.
    pub has_phone: bool,
    pub has_link: bool,
    pub reply: Option<String>,
    pub replied_at: Option<DateTime<Utc>>,
    pub written_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
}

impl DeskReview {
    pub fn new(signed: &SignedReview, may_view_phone: bool, locale: Locale) -> Self {
        let (review, short_id) = (&signed.review, signed.author.id.short());
        let flags = review.text.as_deref().map(Flags::of).unwrap_or_default();
        Self {
            id: review.id.0,
            booking_id: review.booking_id.0,
            rating: review.rating.get(),
            text: review.text.clone(),
            shown_name: author_name(&signed.author.as_person(&short_id), review.shown_as, locale),
            customer: CustomerChip::new(&signed.author, may_view_phone, locale),
            staff_name: signed.staff_name.as_ref().map(|name| name.get(locale).to_owned()),
            status: review.status.as_str(),
            has_phone: flags.has_phone,
            has_link: flags.has_link,
            reply: review.reply.clone(),
            replied_at: review.replied_at,
            written_at: review.written_at,
            changed_at: review.changed_at,
        }
    }
}

/// A page of reviews.
#[derive(Serialize, ToSchema)]
pub struct DeskReviewPage {
    /// Newest first.
    pub items: Vec<DeskReview>,
    /// For `after`; null on the last page.
    pub next: Option<String>,
}
