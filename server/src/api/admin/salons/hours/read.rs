//! `GET /api/admin/salons/{id}/staff/{staff_id}/hours/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::{SalonId, StaffId};
use usecases::Usecases;

use crate::api::admin::salons::views::StaffHoursView;
use crate::extract::{AdminBearer, Ids};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// When a member of staff is at work.
#[utoipa::path(get, path = "/api/admin/salons/{id}/staff/{staff_id}/hours/", operation_id = "readStaffHours", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon"), ("staff_id" = Uuid, Path, description = "Of the member of staff")),
    responses((status = 200, description = "Weeks, exceptions, time off", body = StaffHoursView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Ids(id, staff): Ids<SalonId, StaffId>,
) -> Result<Json<StaffHoursView>, Problem> {
    Ok(Json(StaffHoursView::from(&uc.read_staff_hours(&admin, id, staff).await?)))
}
