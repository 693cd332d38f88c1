//! `POST /api/admin/salons/{id}/staff/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::SalonId;
use http::StatusCode;
use usecases::Usecases;

use crate::api::admin::salons::bodies::{StaffBody, StaffEdit};
use crate::api::admin::salons::views::OwnStaffItem;
use crate::extract::{AdminBearer, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

/// Adds a member of staff. What they do and when they are there is said next.
#[utoipa::path(post, path = "/api/admin/salons/{id}/staff/", operation_id = "addStaff", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon")), request_body = StaffEdit,
    responses((status = 201, description = "They work there", body = OwnStaffItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<SalonId>,
    Input(StaffBody(input)): Input<StaffBody>,
) -> Result<(StatusCode, Json<OwnStaffItem>), Problem> {
    let staff = uc.add_staff(&admin, id, &input).await?;
    Ok((StatusCode::CREATED, Json(OwnStaffItem::from(&staff))))
}
