//! `PUT /api/admin/salons/{id}/staff/{staff_id}/schedules/{schedule_id}/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::{SalonId, ScheduleId, StaffId};
use usecases::Usecases;

use crate::api::admin::salons::bodies::{ScheduleBody, ScheduleEdit};
use crate::api::admin::salons::views::ScheduleItem;
use crate::extract::{AdminBearer, Input, ThreeIds};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

/// Puts a week with dates in place of another; it has a new id. A conflict is as with the ordinary week.
#[utoipa::path(put, path = "/api/admin/salons/{id}/staff/{staff_id}/schedules/{schedule_id}/", operation_id = "replaceStaffSchedule", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon"), ("staff_id" = Uuid, Path, description = "Of the member of staff"), ("schedule_id" = Uuid, Path, description = "Of the week")), request_body = ScheduleEdit,
    responses((status = 200, description = "It is planned", body = ScheduleItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    ThreeIds(id, staff, old): ThreeIds<SalonId, StaffId, ScheduleId>,
    Input(ScheduleBody(week)): Input<ScheduleBody>,
) -> Result<Json<ScheduleItem>, Problem> {
    Ok(Json(ScheduleItem::from(&uc.save_dated_week(&admin, id, staff, &week, Some(old)).await?)))
}
