//! `DELETE /api/auth/sessions/{id}/`

use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::SessionId;
use http::StatusCode;
use usecases::Usecases;

use crate::extract::{Bearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound];

/// Ends one of the caller's sessions.
#[utoipa::path(delete, path = "/api/auth/sessions/{id}/", operation_id = "endSession", tag = "auth", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of a session in the list")),
    responses((status = 204, description = "It is over")))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer, Id(id): Id<SessionId>) -> Result<StatusCode, Problem> {
    uc.end_session(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
