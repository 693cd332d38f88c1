//! `GET /api/admin/users/{id}/export/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::UserId;
use serde_json::Value;
use usecases::Usecases;

use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::FreshAuthenticationRequired, ErrorCode::NotFound];

/// All data held about a person: the same document as `/api/me/export/` gives them. The audit says who took it. Needs a second factor
/// shown a moment ago.
#[utoipa::path(get, path = "/api/admin/users/{id}/export/", operation_id = "exportUser", tag = "admin",
    security(("bearer" = [])), params(("id" = uuid::Uuid, Path, description = "Of the person")),
    responses((status = 200, description = "All data held", body = Object)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(uc.export_person(&admin, id).await?.1))
}
