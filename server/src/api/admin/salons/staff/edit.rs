//! `PATCH /api/admin/salons/{id}/staff/{staff_id}/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::{SalonId, StaffId};
use usecases::Usecases;

use crate::api::admin::salons::bodies::{StaffBody, StaffEdit};
use crate::api::admin::salons::views::OwnStaffItem;
use crate::extract::{AdminBearer, Ids, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

/// Edits a member of staff, lets them go or takes them back. A conflict lists the `bookings` with who goes: send it with `confirm` to do it all
/// the same.
#[utoipa::path(patch, path = "/api/admin/salons/{id}/staff/{staff_id}/", operation_id = "editStaff", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon"), ("staff_id" = Uuid, Path, description = "Of the member of staff")), request_body = StaffEdit,
    responses((status = 200, description = "As they are now", body = OwnStaffItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Ids(id, staff): Ids<SalonId, StaffId>,
    Input(StaffBody(input)): Input<StaffBody>,
) -> Result<Json<OwnStaffItem>, Problem> {
    Ok(Json(OwnStaffItem::from(&uc.edit_staff(&admin, id, staff, &input).await?)))
}
