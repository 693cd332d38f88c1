//! `DELETE /api/admin/salons/{id}/staff/{staff_id}/schedules/{schedule_id}/`

use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::{SalonId, ScheduleId, StaffId};
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

/// Removes a week. A conflict is as with saving one.
#[utoipa::path(delete, path = "/api/admin/salons/{id}/staff/{staff_id}/schedules/{schedule_id}/", operation_id = "removeStaffSchedule", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon"), ("staff_id" = Uuid, Path, description = "Of the member of staff"), ("schedule_id" = Uuid, Path, description = "Of the week"), ("confirm" = Option<bool>, Query, description = "That bookings it leaves outside of all hours are known")),
    responses((status = 204, description = "It is gone")))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    ThreeIds(id, staff, week): ThreeIds<SalonId, StaffId, ScheduleId>,
    asked: Asked,
) -> Result<StatusCode, Problem> {
    uc.remove_week(&admin, (id, staff), week, confirm(asked)?).await?;
    Ok(StatusCode::NO_CONTENT)
}
