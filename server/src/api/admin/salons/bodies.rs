//! What is sent to set a salon up, read field by field.

use domain::ids::TreatmentId;
use usecases::{EditOffer, EditSalon, EditService, EditStaff, EditWeek, Rule};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::extract::{Fields, FromFields};

/// A salon. What is left out stays as it is; an empty text clears.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is the shape in the document; the fields are read one by one")]
pub struct SalonEdit {
    #[schema(example = "nawa-spa")]
    slug: Option<String>,
    name_ar: Option<String>,
    name_en: Option<String>,
    about_ar: Option<String>,
    about_en: Option<String>,
    address_ar: Option<String>,
    address_en: Option<String>,
    /// `women`, `men`, `children` or `all`.
    clientele: Option<String>,
    #[schema(example = "Asia/Riyadh")]
    timezone: Option<String>,
    /// Fifteen digits that begin and end with 3.
    vat_number: Option<String>,
    cancel_window_min: Option<i64>,
    notice_min: Option<i64>,
    horizon_days: Option<i64>,
    hold_min: Option<i64>,
    grid_min: Option<i64>,
    /// `auto` or `manual`.
    confirmation: Option<String>,
}

pub struct SalonBody(pub EditSalon);

impl FromFields for SalonBody {
    fn from_fields(fields: &mut Fields) -> Self {
        Self(EditSalon {
            slug: fields.optional_text("slug"),
            name_ar: fields.optional_text("name_ar"),
            name_en: fields.optional_text("name_en"),
            about_ar: fields.optional_text("about_ar"),
            about_en: fields.optional_text("about_en"),
            address_ar: fields.optional_text("address_ar"),
            address_en: fields.optional_text("address_en"),
            clientele: fields.optional_text("clientele"),
            timezone: fields.optional_text("timezone"),
            vat_number: fields.optional_text("vat_number"),
            cancel_window_min: fields.optional_number("cancel_window_min"),
            notice_min: fields.optional_number("notice_min"),
            horizon_days: fields.optional_number("horizon_days"),
            hold_min: fields.optional_number("hold_min"),
            grid_min: fields.optional_number("grid_min"),
            confirmation: fields.optional_text("confirmation"),
        })
    }
}

/// A service. What is left out stays as it is.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is the shape in the document; the fields are read one by one")]
pub struct ServiceEdit {
    name_ar: Option<String>,
    name_en: Option<String>,
    /// 5 to 720 in steps of 5.
    #[schema(example = 45)]
    duration_min: Option<i64>,
    /// 0 to 120 in steps of 5.
    buffer_before_min: Option<i64>,
    buffer_after_min: Option<i64>,
    /// VAT inside.
    #[schema(example = 11_500)]
    price_halalas: Option<i64>,
    #[schema(example = 1_500)]
    vat_rate_bp: Option<i64>,
    position: Option<i64>,
    is_active: Option<bool>,
}

pub struct ServiceBody(pub EditService);

impl FromFields for ServiceBody {
    fn from_fields(fields: &mut Fields) -> Self {
        Self(EditService {
            name_ar: fields.optional_text("name_ar"),
            name_en: fields.optional_text("name_en"),
            duration_min: fields.optional_number("duration_min"),
            buffer_before_min: fields.optional_number("buffer_before_min"),
            buffer_after_min: fields.optional_number("buffer_after_min"),
            price_halalas: fields.optional_number("price_halalas"),
            vat_rate_bp: fields.optional_number("vat_rate_bp"),
            position: fields.optional_number("position"),
            is_active: fields.optional_boolean("is_active"),
        })
    }
}

/// A member of staff. What is left out stays as it is; `user_id` null: nobody signs in as them.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is the shape in the document; the fields are read one by one")]
pub struct StaffEdit {
    name_ar: Option<String>,
    name_en: Option<String>,
    /// Somebody with a role in the salon.
    user_id: Option<Uuid>,
    position: Option<i64>,
    is_bookable: Option<bool>,
    is_archived: Option<bool>,
    /// That bookings with who goes are known.
    confirm: Option<bool>,
}

pub struct StaffBody(pub EditStaff);

impl FromFields for StaffBody {
    fn from_fields(fields: &mut Fields) -> Self {
        Self(EditStaff {
            name_ar: fields.optional_text("name_ar"),
            name_en: fields.optional_text("name_en"),
            user: fields.wish("user_id", |value| {
                value.as_str().and_then(|text| text.parse().ok()).ok_or(domain::error::FieldError::Invalid)
            }),
            position: fields.optional_number("position"),
            is_bookable: fields.optional_boolean("is_bookable"),
            is_archived: fields.optional_boolean("is_archived"),
            is_confirmed: fields.optional_boolean("confirm").unwrap_or_default(),
        })
    }
}

/// All that somebody does.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is the shape in the document; the fields are read one by one")]
pub struct StaffServices {
    services: Vec<OfferEdit>,
}

/// A service that somebody does.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is the shape in the document; the fields are read one by one")]
pub struct OfferEdit {
    service_id: Uuid,
    /// Their own; left out: the salon's.
    price_halalas: Option<i64>,
    duration_min: Option<i64>,
}

pub struct OffersBody(pub Vec<EditOffer>);

impl FromFields for OffersBody {
    fn from_fields(fields: &mut Fields) -> Self {
        Self(fields.objects("services", |one| EditOffer {
            service: one.id::<TreatmentId>("service_id"),
            price_halalas: one.optional_number("price_halalas"),
            duration_min: one.optional_number("duration_min"),
        }))
    }
}

/// A week.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is the shape in the document; the fields are read one by one")]
pub struct WeekEdit {
    /// All of it; empty: days off.
    rules: Vec<RuleEdit>,
    /// That bookings outside of it are known.
    confirm: Option<bool>,
}

/// A week with dates, one of them at least.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is the shape in the document; the fields are read one by one")]
pub struct ScheduleEdit {
    #[schema(example = "Ramadan 1448")]
    name: Option<String>,
    #[schema(value_type = Option<String>, example = "2027-02-08")]
    valid_from: Option<String>,
    #[schema(value_type = Option<String>, example = "2027-03-08")]
    valid_to: Option<String>,
    /// All of it; empty: days off.
    rules: Vec<RuleEdit>,
    /// That bookings outside of it are known.
    confirm: Option<bool>,
}

/// A stretch of a week.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is the shape in the document; the fields are read one by one")]
pub struct RuleEdit {
    /// 0 is Sunday.
    #[schema(example = 4)]
    weekday: i64,
    #[schema(example = "16:00")]
    start: String,
    /// What is not later than the start is on the next day.
    #[schema(example = "02:00")]
    end: String,
}

fn rules(fields: &mut Fields) -> Vec<Rule> {
    fields.objects("rules", |one| Rule { weekday: one.number("weekday").into(), start: one.text("start"), end: one.text("end") })
}

pub struct WeekBody(pub EditWeek);

impl FromFields for WeekBody {
    fn from_fields(fields: &mut Fields) -> Self {
        let is_confirmed = fields.optional_boolean("confirm").unwrap_or_default();
        Self(EditWeek { rules: rules(fields), is_confirmed, ..EditWeek::default() })
    }
}

pub struct ScheduleBody(pub EditWeek);

impl FromFields for ScheduleBody {
    fn from_fields(fields: &mut Fields) -> Self {
        Self(EditWeek {
            rules: rules(fields),
            name: fields.optional_text("name"),
            valid_from: fields.optional_date("valid_from"),
            valid_to: fields.optional_date("valid_to"),
            is_confirmed: fields.optional_boolean("confirm").unwrap_or_default(),
        })
    }
}
