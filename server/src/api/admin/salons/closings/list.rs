//! `GET /api/admin/salons/{id}/closings/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::SalonId;
use usecases::Usecases;

use crate::api::admin::salons::views::{ClosingItem, ClosingList};
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// On which days a salon is closed, from today on.
#[utoipa::path(get, path = "/api/admin/salons/{id}/closings/", operation_id = "listSalonClosings", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon")),
    responses((status = 200, description = "In order", body = ClosingList)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<SalonId>,
) -> Result<Json<ClosingList>, Problem> {
    let closings = uc.list_closings(&admin, id).await?;
    Ok(Json(ClosingList { items: closings.iter().map(ClosingItem::from).collect() }))
}
