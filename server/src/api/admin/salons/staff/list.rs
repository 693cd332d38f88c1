//! `GET /api/admin/salons/{id}/staff/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::SalonId;
use usecases::Usecases;

use crate::api::admin::salons::views::{OwnStaffItem, OwnStaffList};
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// Everybody who works or worked in a salon, in its order.
#[utoipa::path(get, path = "/api/admin/salons/{id}/staff/", operation_id = "listOwnStaff", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon")),
    responses((status = 200, description = "Gone or not", body = OwnStaffList)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<SalonId>,
) -> Result<Json<OwnStaffList>, Problem> {
    let staff = uc.list_own_staff(&admin, id).await?;
    Ok(Json(OwnStaffList { items: staff.iter().map(OwnStaffItem::from).collect() }))
}
