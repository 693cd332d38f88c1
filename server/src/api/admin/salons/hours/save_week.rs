//! `PUT /api/admin/salons/{id}/staff/{staff_id}/week/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::{SalonId, StaffId};
use usecases::Usecases;

use crate::api::admin::salons::bodies::{WeekBody, WeekEdit};
use crate::api::admin::salons::views::ScheduleItem;
use crate::extract::{AdminBearer, Ids, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

/// Saves the ordinary week of a member of staff. A conflict lists the `bookings` that it would leave outside of all hours: send it with
/// `confirm` to do it all the same.
#[utoipa::path(put, path = "/api/admin/salons/{id}/staff/{staff_id}/week/", operation_id = "saveStaffWeek", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon"), ("staff_id" = Uuid, Path, description = "Of the member of staff")), request_body = WeekEdit,
    responses((status = 200, description = "It is so from now on", body = ScheduleItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Ids(id, staff): Ids<SalonId, StaffId>,
    Input(WeekBody(week)): Input<WeekBody>,
) -> Result<Json<ScheduleItem>, Problem> {
    Ok(Json(ScheduleItem::from(&uc.save_week(&admin, id, staff, &week).await?)))
}
