//! `GET /api/salons/{slug}/staff/`

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::locale::Locale;
use usecases::Usecases;

use super::views::{StaffItem, StaffList, kept_a_minute};
use crate::extract::Id;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound];

/// Who can be booked in a salon. Nobody is in it without a public name.
#[utoipa::path(get, path = "/api/salons/{slug}/staff/", operation_id = "listSalonStaff", tag = "salons",
    params(("slug" = String, Path, description = "Of the salon")),
    responses((status = 200, description = "As the public sees it", body = StaffList)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Id(slug): Id<String>,
) -> Result<Response, Problem> {
    let items = uc.list_salon_staff(&slug).await?.iter().map(|one| StaffItem::new(one, locale)).collect();
    Ok(kept_a_minute(StaffList { items }))
}
