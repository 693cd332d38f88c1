//! `PATCH /api/admin/salons/{id}/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::SalonId;
use domain::locale::Locale;
use usecases::Usecases;

use crate::api::admin::salons::bodies::{SalonBody, SalonEdit};
use crate::api::admin::salons::views::SalonSetUpView;
use crate::extract::{AdminBearer, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

/// Edits a salon. For its owners.
#[utoipa::path(patch, path = "/api/admin/salons/{id}/", operation_id = "editSalon", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon")), request_body = SalonEdit,
    responses((status = 200, description = "As it is now", body = SalonSetUpView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<SalonId>,
    Input(SalonBody(input)): Input<SalonBody>,
) -> Result<Json<SalonSetUpView>, Problem> {
    Ok(Json(SalonSetUpView::new(&uc.edit_salon(&admin, id, &input).await?, locale)))
}
