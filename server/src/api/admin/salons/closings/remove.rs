//! `DELETE /api/admin/salons/{id}/closings/{date}/`

use axum::extract::State;
use chrono::NaiveDate;
use domain::error::ErrorCode;
use domain::ids::SalonId;
use http::StatusCode;
use usecases::Usecases;

use crate::extract::{AdminBearer, Ids};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// Opens a salon on a business day again.
#[utoipa::path(delete, path = "/api/admin/salons/{id}/closings/{date}/", operation_id = "removeSalonClosing", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon"), ("date" = String, Path, description = "The business day, `2026-01-31`")),
    responses((status = 204, description = "It is gone")))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Ids(id, date): Ids<SalonId, NaiveDate>,
) -> Result<StatusCode, Problem> {
    uc.remove_closing(&admin, id, date).await?;
    Ok(StatusCode::NO_CONTENT)
}
