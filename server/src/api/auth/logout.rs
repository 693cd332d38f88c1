//! `POST /api/auth/logout/`

use axum::extract::State;
use domain::error::ErrorCode;
use http::StatusCode;
use usecases::Usecases;

use crate::extract::Bearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[];

/// Ends this session. Its refresh token is dead at once.
#[utoipa::path(post, path = "/api/auth/logout/", operation_id = "logout", tag = "auth", security(("bearer" = [])),
    responses((status = 204, description = "Signed out")))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer) -> Result<StatusCode, Problem> {
    uc.logout(&actor).await?;
    Ok(StatusCode::NO_CONTENT)
}
