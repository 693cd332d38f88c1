//! `POST /api/admin/users/{id}/phone-change/undo/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::UserId;
use usecases::Usecases;

use super::views::PhoneChange;
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[
    ErrorCode::Forbidden,
    ErrorCode::SecondFactorRequired,
    ErrorCode::FreshAuthenticationRequired,
    ErrorCode::NotFound,
    ErrorCode::Conflict,
];

/// Takes back what was done, within 24 hours: every account has the number it had before. A conflict has a `reason`.
#[utoipa::path(post, path = "/api/admin/users/{id}/phone-change/undo/", operation_id = "undoPhoneChange", tag = "admin",
    security(("bearer" = [])), params(("id" = Uuid, Path, description = "Of a person")),
    responses((status = 200, description = "It is taken back", body = PhoneChange)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
) -> Result<Json<PhoneChange>, Problem> {
    let undone = uc.undo_phone_move(&admin, id).await?;
    Ok(Json(PhoneChange::new(&undone, uc.clock().now())))
}
