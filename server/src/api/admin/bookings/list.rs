//! `GET /api/admin/salons/{id}/bookings/`

use std::str::FromStr;

use axum::extract::State;
use axum::{Extension, Json};
use chrono::NaiveDate;
use domain::error::{ErrorCode, FieldError, ValidationError};
use domain::ids::{SalonId, StaffId};
use domain::locale::Locale;
use usecases::Usecases;

use super::views::DeskBookings;
use crate::api::query::{Asked, read};
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Malformed, ErrorCode::Validation];

/// Which days, with whom.
#[derive(Default)]
struct Days {
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    staff: Option<StaffId>,
}

/// The bookings of a salon on its business days, holds included. A stylist sees those with themselves. Today without `from`, one day
/// without `to`, 31 at most.
#[utoipa::path(get, path = "/api/admin/salons/{id}/bookings/", operation_id = "listSalonBookings", tag = "admin",
    security(("bearer" = [])), params(
        ("id" = uuid::Uuid, Path, description = "Of the salon"),
        ("from" = Option<String>, Query, description = "A day, `2026-01-31`"),
        ("to" = Option<String>, Query, description = "A day, itself included"),
        ("staff_id" = Option<String>, Query, description = "With one of the staff"),
    ), responses((status = 200, description = "In the order they begin", body = DeskBookings)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(salon): Id<SalonId>,
    query: Asked,
) -> Result<Json<DeskBookings>, Problem> {
    let Days { from, to, staff } = read(query, &["from", "to", "staff_id"], |query| {
        let mut errors = Vec::new();
        let days = Days {
            from: value(query.get("from"), "/from", &mut errors),
            to: value(query.get("to"), "/to", &mut errors),
            staff: value(query.get("staff_id"), "/staff_id", &mut errors),
        };
        if errors.is_empty() { Ok(days) } else { Err(errors) }
    })?;
    let now = uc.clock().now();
    let from = match from {
        Some(from) => from,
        None => uc.salon_today(&admin, salon).await?,
    };
    let list = uc.list_salon_bookings(&admin, salon, (from, to.unwrap_or(from)), staff).await?;
    Ok(Json(DeskBookings::new(&list, now, locale)))
}

fn value<T: FromStr>(text: Option<&String>, pointer: &str, errors: &mut Vec<ValidationError>) -> Option<T> {
    let value = text.filter(|text| !text.is_empty())?.parse();
    if value.is_err() {
        errors.push(ValidationError::new(pointer, FieldError::Invalid));
    }
    value.ok()
}
