//! `DELETE /api/me/passkeys/{id}/`

use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::PasskeyId;
use http::StatusCode;
use usecases::Usecases;

use crate::extract::{Bearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::FreshAuthenticationRequired, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// Gives a passkey up. The second factor has to have been shown in the last ten minutes. With the last factor the recovery codes go, and
/// what other sessions showed has to be shown again.
#[utoipa::path(delete, path = "/api/me/passkeys/{id}/", operation_id = "removePasskey", tag = "me", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of a passkey in the list")),
    responses((status = 204, description = "It opens nothing any more")))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer, Id(id): Id<PasskeyId>) -> Result<StatusCode, Problem> {
    uc.remove_passkey(&actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
