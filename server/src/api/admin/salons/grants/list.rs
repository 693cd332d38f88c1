//! `GET /api/admin/salons/{id}/grants/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::SalonId;
use domain::locale::Locale;
use usecases::Usecases;

use crate::api::admin::salons::views::{GrantItem, GrantList};
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// Who is what in a salon.
#[utoipa::path(get, path = "/api/admin/salons/{id}/grants/", operation_id = "listSalonGrants", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon")),
    responses((status = 200, description = "The first first", body = GrantList)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<SalonId>,
) -> Result<Json<GrantList>, Problem> {
    let holders = uc.list_salon_grants(&admin, id).await?;
    Ok(Json(GrantList { items: holders.iter().map(|holder| GrantItem::new(holder, locale)).collect() }))
}
