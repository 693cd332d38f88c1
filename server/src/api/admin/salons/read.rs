//! `GET /api/admin/salons/{id}/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::SalonId;
use domain::locale::Locale;
use usecases::Usecases;

use crate::api::admin::salons::views::SalonSetUpView;
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// A salon, what the caller is in it, and what it lacks before it can go live.
#[utoipa::path(get, path = "/api/admin/salons/{id}/", operation_id = "readOwnSalon", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon")),
    responses((status = 200, description = "Whether the public sees it or not", body = SalonSetUpView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<SalonId>,
) -> Result<Json<SalonSetUpView>, Problem> {
    Ok(Json(SalonSetUpView::new(&uc.read_own_salon(&admin, id).await?, locale)))
}
