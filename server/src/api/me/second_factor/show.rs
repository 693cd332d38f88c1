//! `POST /api/me/second-factor/show/`

use axum::extract::State;
use domain::error::ErrorCode;
use http::StatusCode;
use usecases::Usecases;
use utoipa::ToSchema;

use super::Code;
use crate::extract::{Bearer, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::InvalidCode, ErrorCode::NotFound];

#[derive(ToSchema)]
#[schema(as = SecondFactorShow)]
#[expect(dead_code, reason = "it is the shape of `Code` in the document")]
pub struct Body {
    /// The six digits that the authenticator app shows, or a recovery code. Each is good once.
    #[schema(example = "287082", max_length = 128)]
    code: String,
}

/// Shows the second factor in this session: for what is for staff, and again, when the last time is more than ten minutes ago, for what is
/// dangerous (`second-factor-required`, `fresh-authentication-required`).
#[utoipa::path(post, path = "/api/me/second-factor/show/", operation_id = "showSecondFactor", tag = "me", security(("bearer" = [])),
    request_body = Body, responses((status = 204, description = "It was right")))]
pub async fn handler(
    State(uc): State<Usecases>,
    Bearer(actor): Bearer,
    Input(Code(code)): Input<Code>,
) -> Result<StatusCode, Problem> {
    uc.show_second_factor(&actor, &code).await?;
    Ok(StatusCode::NO_CONTENT)
}
