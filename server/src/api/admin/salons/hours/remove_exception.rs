//! `DELETE /api/admin/salons/{id}/staff/{staff_id}/exceptions/{date}/`

use axum::extract::State;
use chrono::NaiveDate;
use domain::error::ErrorCode;
use domain::ids::{SalonId, StaffId};
use http::StatusCode;
use usecases::Usecases;

use crate::api::admin::salons::confirm;
use crate::api::query::Asked;
use crate::extract::{AdminBearer, ThreeIds};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[
    ErrorCode::Forbidden,
    ErrorCode::SecondFactorRequired,
    ErrorCode::NotFound,
    ErrorCode::Conflict,
    ErrorCode::Malformed,
    ErrorCode::Validation,
];

/// The week is so again on that day. A conflict is as with saving one.
#[utoipa::path(delete, path = "/api/admin/salons/{id}/staff/{staff_id}/exceptions/{date}/", operation_id = "removeStaffException", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon"), ("staff_id" = Uuid, Path, description = "Of the member of staff"), ("date" = String, Path, description = "The business day, `2026-01-31`"), ("confirm" = Option<bool>, Query, description = "That bookings it leaves outside of all hours are known")),
    responses((status = 204, description = "It is gone")))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    ThreeIds(id, staff, date): ThreeIds<SalonId, StaffId, NaiveDate>,
    asked: Asked,
) -> Result<StatusCode, Problem> {
    uc.remove_exception(&admin, (id, staff), date, confirm(asked)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
