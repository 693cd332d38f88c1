//! `GET /api/salons/{slug}/`

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::locale::Locale;
use usecases::Usecases;

use super::views::{SalonItem, kept_a_minute};
use crate::extract::Id;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound];

/// A salon.
#[utoipa::path(get, path = "/api/salons/{slug}/", operation_id = "readSalon", tag = "salons",
    params(("slug" = String, Path, description = "Of the salon")),
    responses((status = 200, description = "As the public sees it", body = SalonItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Id(slug): Id<String>,
) -> Result<Response, Problem> {
    Ok(kept_a_minute(SalonItem::new(&uc.read_salon(&slug).await?, locale)))
}
