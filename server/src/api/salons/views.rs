//! Salons as the public sees them.

use axum::Json;
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, NaiveDate, Utc};
use domain::locale::Locale;
use domain::naming::Naming;
use domain::page::Page;
use domain::schedule::Part;
use domain::treatment::Terms;
use http::header;
use serde::Serialize;
use usecases::{Availability, PublicStaff, Salon, Treatment};
use utoipa::ToSchema;
use uuid::Uuid;

/// The one currency there is.
const CURRENCY: &str = "SAR";

/// What a minute does not change may be kept for one. It is in the language of whoever asked.
pub fn kept_a_minute(body: impl Serialize) -> Response {
    ([(header::CACHE_CONTROL, "public, max-age=60"), (header::VARY, "Accept-Language")], Json(body)).into_response()
}

/// A name in the language asked for, and in those it has.
#[derive(Serialize, ToSchema)]
pub struct Named {
    /// In the language asked for, else in the other.
    #[schema(example = "Hair cut")]
    pub name: String,
    pub name_ar: Option<String>,
    pub name_en: Option<String>,
}

impl Named {
    pub fn new(name: &Naming, locale: Locale) -> Self {
        let own = |text: Option<&str>| text.map(str::to_owned);
        Self { name: name.get(locale).to_owned(), name_ar: own(name.ar()), name_en: own(name.en()) }
    }
}

/// A page of salons.
#[derive(Serialize, ToSchema)]
pub struct SalonPage {
    pub items: Vec<SalonItem>,
    /// For `after`; null on the last page.
    pub next: Option<String>,
}

impl SalonPage {
    pub fn new(page: Page<Salon>, locale: Locale) -> Self {
        let items = page.items.iter().map(|salon| SalonItem::new(salon, locale)).collect();
        Self { items, next: page.next }
    }
}

/// A salon.
#[derive(Serialize, ToSchema)]
pub struct SalonItem {
    /// Its name in addresses.
    #[schema(example = "nawa-spa")]
    pub slug: String,
    #[serde(flatten)]
    pub name: Named,
    /// What it says of itself.
    pub about: Option<String>,
    pub address: Option<String>,
    /// `women`, `men`, `children` or `all`.
    #[schema(value_type = String, example = "women")]
    pub clientele: &'static str,
    /// A name of the time zone database: the salon's days and hours go by it.
    #[schema(example = "Asia/Riyadh")]
    pub timezone: &'static str,
    /// ISO 4217.
    #[schema(value_type = String, example = "SAR")]
    pub currency: &'static str,
    pub vat_number: Option<String>,
    /// How long before its start a booking can still be cancelled or moved, in minutes.
    pub cancel_window_min: u32,
    /// How long before its start a slot can still be booked, in minutes.
    pub notice_min: u32,
    /// How far ahead one can book, in days.
    pub horizon_days: u16,
    /// `auto`, or `manual` when somebody of the salon has to say yes.
    #[schema(value_type = String, example = "auto")]
    pub confirmation: &'static str,
}

impl SalonItem {
    pub fn new(salon: &Salon, locale: Locale) -> Self {
        let own = |text: Option<&str>| text.map(str::to_owned);
        Self {
            slug: salon.slug.as_str().to_owned(),
            name: Named::new(&salon.name, locale),
            about: own(salon.about.get(locale)),
            address: own(salon.address.get(locale)),
            clientele: salon.clientele.as_str(),
            timezone: salon.wall.name(),
            currency: CURRENCY,
            vat_number: salon.vat_number.clone(),
            cancel_window_min: salon.policies.cancel_window_min,
            notice_min: salon.policies.notice_min,
            horizon_days: salon.policies.horizon_days,
            confirmation: salon.policies.confirmation.as_str(),
        }
    }
}

/// A list that is whole.
#[derive(Serialize, ToSchema)]
pub struct ServiceList {
    pub items: Vec<ServiceItem>,
}

/// What a salon offers.
#[derive(Serialize, ToSchema)]
pub struct ServiceItem {
    pub id: Uuid,
    #[serde(flatten)]
    pub name: Named,
    #[serde(flatten)]
    pub terms: TermsView,
}

impl ServiceItem {
    pub fn new(service: &Treatment, locale: Locale) -> Self {
        Self { id: service.id.0, name: Named::new(&service.name, locale), terms: TermsView::from(&service.terms) }
    }
}

/// What something takes and costs.
#[derive(Serialize, ToSchema)]
pub struct TermsView {
    #[schema(example = 45)]
    pub duration_min: u16,
    /// VAT inside. A riyal is 100 halalas.
    #[schema(example = 11_500)]
    pub price_halalas: i64,
    /// The VAT inside the price.
    #[schema(example = 1_500)]
    pub vat_halalas: i64,
    /// Its rate in basis points.
    #[schema(example = 1_500)]
    pub vat_rate_bp: u16,
    /// ISO 4217.
    #[schema(value_type = String, example = "SAR")]
    pub currency: &'static str,
}

impl From<&Terms> for TermsView {
    fn from(terms: &Terms) -> Self {
        Self {
            duration_min: terms.duration.get(),
            price_halalas: terms.price.get(),
            vat_halalas: terms.price.vat_inside(terms.vat_rate).get(),
            vat_rate_bp: terms.vat_rate.get(),
            currency: CURRENCY,
        }
    }
}

/// Who can be booked.
#[derive(Serialize, ToSchema)]
pub struct StaffList {
    pub items: Vec<StaffItem>,
}

/// Somebody who can be booked, under the name the public knows.
#[derive(Serialize, ToSchema)]
pub struct StaffItem {
    pub id: Uuid,
    #[serde(flatten)]
    pub name: Named,
    /// What they do.
    pub service_ids: Vec<Uuid>,
}

impl StaffItem {
    pub fn new(one: &PublicStaff, locale: Locale) -> Self {
        let service_ids = one.treatments.iter().map(|id| id.0).collect();
        Self { id: one.id.0, name: Named::new(&one.name, locale), service_ids }
    }
}

/// When a service can be booked.
#[derive(Serialize, ToSchema)]
#[schema(as = Availability)]
pub struct AvailabilityView {
    pub service_id: Uuid,
    /// Days and minutes below go by it.
    #[schema(example = "Asia/Riyadh")]
    pub timezone: &'static str,
    /// The first business day.
    pub from: NaiveDate,
    pub days: u16,
    /// Who does it, on what terms.
    pub staff: Vec<CandidateItem>,
    /// In order.
    pub slots: Vec<SlotItem>,
}

/// Somebody who does what is looked for.
#[derive(Serialize, ToSchema)]
pub struct CandidateItem {
    pub id: Uuid,
    #[serde(flatten)]
    pub name: Named,
    #[serde(flatten)]
    pub terms: TermsView,
}

/// A slot.
#[derive(Serialize, ToSchema)]
pub struct SlotItem {
    pub starts_at: DateTime<Utc>,
    /// The business day it belongs to: after midnight still the day before.
    pub date: NaiveDate,
    /// The minute of that day: from 1440 on it is after midnight.
    #[schema(example = 1_515)]
    pub minute: u16,
    /// `morning`, `afternoon`, `evening` or `after_midnight`.
    #[schema(value_type = String, example = "after_midnight")]
    pub part: &'static str,
    /// Who is free.
    pub staff_ids: Vec<Uuid>,
}

impl AvailabilityView {
    pub fn new(found: &Availability, locale: Locale) -> Self {
        let candidate = |one: &usecases::Candidate| CandidateItem {
            id: one.id.0,
            name: Named::new(&one.name, locale),
            terms: TermsView::from(&one.terms),
        };
        let slot = |free: &usecases::FreeSlot| SlotItem {
            starts_at: free.slot.starts_at,
            date: free.slot.date,
            minute: free.slot.minute,
            part: match free.slot.part() {
                Part::Morning => "morning",
                Part::Afternoon => "afternoon",
                Part::Evening => "evening",
                Part::AfterMidnight => "after_midnight",
            },
            staff_ids: free.staff.iter().map(|id| id.0).collect(),
        };
        Self {
            service_id: found.service.0,
            timezone: found.salon.wall.name(),
            from: found.from,
            days: found.days,
            staff: found.candidates.iter().map(candidate).collect(),
            slots: found.slots.iter().map(slot).collect(),
        }
    }
}
