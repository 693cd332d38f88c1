//! `POST /api/admin/salons/{id}/staff/{staff_id}/schedules/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::{SalonId, StaffId};
use http::StatusCode;
use usecases::Usecases;

use crate::api::admin::salons::bodies::{ScheduleBody, ScheduleEdit};
use crate::api::admin::salons::views::ScheduleItem;
use crate::extract::{AdminBearer, Ids, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

/// Adds a week with dates, which goes before the ordinary one while it is in force. A conflict is as with the ordinary week.
#[utoipa::path(post, path = "/api/admin/salons/{id}/staff/{staff_id}/schedules/", operation_id = "addStaffSchedule", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon"), ("staff_id" = Uuid, Path, description = "Of the member of staff")), request_body = ScheduleEdit,
    responses((status = 201, description = "It is planned", body = ScheduleItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Ids(id, staff): Ids<SalonId, StaffId>,
    Input(ScheduleBody(week)): Input<ScheduleBody>,
) -> Result<(StatusCode, Json<ScheduleItem>), Problem> {
    let saved = uc.save_dated_week(&admin, id, staff, &week, None).await?;
    Ok((StatusCode::CREATED, Json(ScheduleItem::from(&saved))))
}
