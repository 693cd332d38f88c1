//! `GET /api/salons/{slug}/availability/`

use std::collections::HashMap;

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::{ErrorCode, FieldError, ValidationError};
use domain::ids::TreatmentId;
use domain::locale::Locale;
use usecases::{AskAvailability, Usecases};
use uuid::Uuid;

use super::views::AvailabilityView;
use crate::api::query::{Asked, read};
use crate::extract::Id;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound, ErrorCode::Malformed, ErrorCode::Validation];

const NAMES: [&str; 4] = ["service_id", "staff_id", "from", "days"];
/// A week, unless another number is asked for.
const DAYS: u16 = 7;

/// When a service can still be booked: with somebody, or with anybody, and then who is free at each slot. Slots after midnight are of
/// the business day before. It is as of now, and a slot is only kept by holding it.
#[utoipa::path(get, path = "/api/salons/{slug}/availability/", operation_id = "readAvailability", tag = "salons",
    params(
        ("slug" = String, Path, description = "Of the salon"),
        ("service_id" = Uuid, Query, description = "What"),
        ("staff_id" = Option<Uuid>, Query, description = "With whom; left out: with anybody"),
        ("from" = Option<String>, Query, description = "The first business day, `2026-01-31`; left out: the one going on"),
        ("days" = Option<u16>, Query, description = "1 to 31; left out: 7"),
    ),
    responses((status = 200, description = "As of now", body = AvailabilityView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Id(slug): Id<String>,
    asked: Asked,
) -> Result<Json<AvailabilityView>, Problem> {
    let ask = read(asked, &NAMES, read_ask)?.ok_or(ErrorCode::Internal)?;
    Ok(Json(AvailabilityView::new(&uc.read_availability(&slug, ask).await?, locale)))
}

fn read_ask(query: &HashMap<String, String>) -> Result<Option<AskAvailability>, Vec<ValidationError>> {
    let mut errors = Vec::new();
    let text = |name: &str| query.get(name).map(String::as_str).filter(|text| !text.is_empty());
    let mut wrong = |name: &str, code| errors.push(ValidationError::new(&format!("/{name}"), code));
    let service = match text("service_id").map(str::parse) {
        Some(Ok(id)) => id,
        other => {
            wrong("service_id", if other.is_some() { FieldError::Invalid } else { FieldError::Required });
            TreatmentId(Uuid::nil())
        }
    };
    let staff = text("staff_id").and_then(|text| text.parse().map_err(|_| wrong("staff_id", FieldError::Invalid)).ok());
    let from = text("from").and_then(|text| text.parse().map_err(|_| wrong("from", FieldError::Invalid)).ok());
    let days = text("days").map_or(Some(DAYS), |text| text.parse().map_err(|_| wrong("days", FieldError::Invalid)).ok());
    let ask = AskAvailability { service, staff, from, days: days.unwrap_or(DAYS) };
    if errors.is_empty() { Ok(Some(ask)) } else { Err(errors) }
}
