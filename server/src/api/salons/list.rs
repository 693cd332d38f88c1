//! `GET /api/salons/`

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::locale::Locale;
use usecases::Usecases;

use super::views::{SalonPage, kept_a_minute};
use crate::extract::After;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Malformed, ErrorCode::Validation];

/// Salons that can be booked, in the order of their slugs.
#[utoipa::path(get, path = "/api/salons/", operation_id = "listSalons", tag = "salons",
    params(("after" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "Twenty-four at most", body = SalonPage)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    After(after): After<String>,
) -> Result<Response, Problem> {
    Ok(kept_a_minute(SalonPage::new(uc.list_salons(after.as_deref()).await?, locale)))
}
