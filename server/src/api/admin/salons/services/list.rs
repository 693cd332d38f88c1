//! `GET /api/admin/salons/{id}/services/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::SalonId;
use domain::locale::Locale;
use usecases::Usecases;

use crate::api::admin::salons::views::{OwnServiceItem, OwnServiceList};
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// Everything a salon offers or offered, in its order.
#[utoipa::path(get, path = "/api/admin/salons/{id}/services/", operation_id = "listOwnServices", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon")),
    responses((status = 200, description = "Active or not", body = OwnServiceList)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<SalonId>,
) -> Result<Json<OwnServiceList>, Problem> {
    let services = uc.list_own_services(&admin, id).await?;
    Ok(Json(OwnServiceList { items: services.iter().map(|service| OwnServiceItem::new(service, locale)).collect() }))
}
