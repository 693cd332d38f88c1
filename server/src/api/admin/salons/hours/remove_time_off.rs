//! `DELETE /api/admin/salons/{id}/staff/{staff_id}/time-off/{time_off_id}/`

use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::{SalonId, StaffId, TimeOffId};
use http::StatusCode;
use usecases::Usecases;

use crate::extract::{AdminBearer, ThreeIds};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// Takes time off back.
#[utoipa::path(delete, path = "/api/admin/salons/{id}/staff/{staff_id}/time-off/{time_off_id}/", operation_id = "removeStaffTimeOff", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon"), ("staff_id" = Uuid, Path, description = "Of the member of staff"), ("time_off_id" = Uuid, Path, description = "Of the time off")),
    responses((status = 204, description = "It is gone")))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    ThreeIds(id, staff, off): ThreeIds<SalonId, StaffId, TimeOffId>,
) -> Result<StatusCode, Problem> {
    uc.remove_time_off(&admin, id, staff, off).await?;
    Ok(StatusCode::NO_CONTENT)
}
