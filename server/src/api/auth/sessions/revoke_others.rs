//! `POST /api/auth/sessions/revoke-others/`

use axum::extract::State;
use domain::error::ErrorCode;
use http::StatusCode;
use usecases::Usecases;

use crate::extract::Bearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[];

/// Ends every session of the caller but this one.
#[utoipa::path(post, path = "/api/auth/sessions/revoke-others/", operation_id = "revokeOtherSessions", tag = "auth",
    security(("bearer" = [])), responses((status = 204, description = "They are over")))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer) -> Result<StatusCode, Problem> {
    uc.end_other_sessions(&actor).await?;
    Ok(StatusCode::NO_CONTENT)
}
