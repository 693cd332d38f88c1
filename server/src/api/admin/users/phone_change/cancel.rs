//! `DELETE /api/admin/users/{id}/phone-change/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::UserId;
use usecases::Usecases;

use super::views::PhoneChange;
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

/// Cancels what waits for a person.
#[utoipa::path(delete, path = "/api/admin/users/{id}/phone-change/", operation_id = "cancelPhoneChange", tag = "admin",
    security(("bearer" = [])), params(("id" = Uuid, Path, description = "Of a person")),
    responses((status = 200, description = "It is cancelled", body = PhoneChange)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
) -> Result<Json<PhoneChange>, Problem> {
    let cancelled = uc.cancel_phone_move(&admin, id).await?;
    Ok(Json(PhoneChange::new(&cancelled, uc.clock().now())))
}
