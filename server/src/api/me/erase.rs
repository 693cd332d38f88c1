//! `DELETE /api/me/`

use axum::extract::State;
use domain::error::ErrorCode;
use http::StatusCode;
use usecases::Usecases;

use crate::extract::Bearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Conflict];

/// Erases the caller's account. Every session is over at once. The last who runs the platform has to
/// make somebody else an admin first (`conflict`).
#[utoipa::path(delete, path = "/api/me/", operation_id = "eraseMe", tag = "me", security(("bearer" = [])),
    responses((status = 204, description = "Erased")))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer) -> Result<StatusCode, Problem> {
    uc.erase_me(&actor).await?;
    Ok(StatusCode::NO_CONTENT)
}
