//! `DELETE /api/admin/users/{id}/sessions/{session_id}/`

use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::{SessionId, UserId};
use http::StatusCode;
use usecases::Usecases;

use crate::extract::{AdminBearer, Ids};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// Ends one session of somebody.
#[utoipa::path(delete, path = "/api/admin/users/{id}/sessions/{session_id}/", operation_id = "endUserSession", tag = "admin",
    security(("bearer" = [])), params(
        ("id" = Uuid, Path, description = "Of the person"),
        ("session_id" = Uuid, Path, description = "Of a session in their list"),
    ), responses((status = 204, description = "It is over")))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Ids(id, session): Ids<UserId, SessionId>,
) -> Result<StatusCode, Problem> {
    uc.end_person_session(&admin, id, session).await?;
    Ok(StatusCode::NO_CONTENT)
}
