//! `GET /api/admin/messages/{id}/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::OutboxId;
use usecases::Usecases;

use super::views::MessageWhole;
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// One message, what became of it, and what it says without its code.
#[utoipa::path(get, path = "/api/admin/messages/{id}/", operation_id = "readMessage", tag = "admin", security(("bearer" = [])),
    params(("id" = String, Path, description = "The message")),
    responses((status = 200, description = "The message", body = MessageWhole)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<OutboxId>,
) -> Result<Json<MessageWhole>, Problem> {
    Ok(Json(uc.read_message(&admin, id).await?.into()))
}
