//! `DELETE /api/me/second-factor/`

use axum::extract::State;
use domain::error::ErrorCode;
use http::StatusCode;
use usecases::Usecases;

use crate::extract::Bearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::FreshAuthenticationRequired, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// Gives the authenticator app up, and without a passkey the recovery codes too. The second factor has to have been shown in the last ten minutes.
#[utoipa::path(delete, path = "/api/me/second-factor/", operation_id = "removeSecondFactor", tag = "me", security(("bearer" = [])),
    responses((status = 204, description = "There is no app any more")))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer) -> Result<StatusCode, Problem> {
    uc.remove_second_factor(&actor).await?;
    Ok(StatusCode::NO_CONTENT)
}
