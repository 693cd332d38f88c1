//! `GET /api/admin/users/{id}/consents/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::UserId;
use domain::locale::Locale;
use usecases::Usecases;

use crate::api::privacy::Consents;
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// What a person agreed to and took back.
#[utoipa::path(get, path = "/api/admin/users/{id}/consents/", operation_id = "listUserConsents", tag = "admin",
    security(("bearer" = [])), params(("id" = uuid::Uuid, Path, description = "Of the person")),
    responses((status = 200, description = "What holds, and how it came to", body = Consents)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
) -> Result<Json<Consents>, Problem> {
    Ok(Json(Consents::new(&uc.read_consents(&admin, id).await?.1, locale)))
}
