//! `DELETE /api/me/privacy-requests/{id}/`

use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::RequestId;
use http::StatusCode;
use usecases::Usecases;

use crate::extract::{Bearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound, ErrorCode::Conflict];

/// Takes back what the caller asked. It stays in the list, as withdrawn. `conflict`: it is closed already.
#[utoipa::path(delete, path = "/api/me/privacy-requests/{id}/", operation_id = "withdrawPrivacyRequest", tag = "me",
    security(("bearer" = [])), params(("id" = uuid::Uuid, Path, description = "Of the request")),
    responses((status = 204, description = "Withdrawn")))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer, Id(id): Id<RequestId>) -> Result<StatusCode, Problem> {
    uc.withdraw_my_request(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
