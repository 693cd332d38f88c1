//! `POST /api/auth/phone-change/verify/`

use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::ChallengeId;
use http::StatusCode;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::extract::{Fields, FromFields, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::InvalidCode, ErrorCode::InvalidPhone, ErrorCode::ChallengeNotFound, ErrorCode::NotFound, ErrorCode::Conflict];

#[derive(ToSchema)]
#[schema(as = PhoneChangeVerify)]
pub struct Body {
    #[schema(value_type = Uuid)]
    challenge_id: ChallengeId,
    /// As typed or pasted.
    #[schema(example = "123456")]
    code: String,
    /// The number that the account has had until now, in any form. Without it nothing moves that has one.
    #[schema(example = "0501234567")]
    old_phone: Option<String>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            challenge_id: fields.id("challenge_id"),
            code: fields.raw_text("code"),
            old_phone: fields.optional_text("old_phone"),
        }
    }
}

/// Proves the number, and what staff asked for happens: then sign in with it. `not-found`: nothing waits for this number, or the old one is
/// not right.
#[utoipa::path(post, path = "/api/auth/phone-change/verify/", operation_id = "verifyPhoneChange", tag = "auth", request_body = Body,
    responses((status = 204, description = "The account has the number")))]
pub async fn handler(
    State(uc): State<Usecases>,
    Input(Body { challenge_id, code, old_phone }): Input<Body>,
) -> Result<StatusCode, Problem> {
    uc.prove_phone(challenge_id, &code, old_phone.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}
