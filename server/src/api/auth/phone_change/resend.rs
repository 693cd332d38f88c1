//! `POST /api/auth/phone-change/resend/`

use axum::Extension;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::ChallengeId;
use usecases::{Client, Usecases};
use utoipa::ToSchema;

use crate::api::views::Challenge;
use crate::extract::{Fields, FromFields, Input};
use crate::problem::Problem;
use crate::sent::Accepted;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::ChallengeNotFound];

#[derive(ToSchema)]
#[schema(as = PhoneChangeResend)]
pub struct Body {
    #[schema(value_type = Uuid)]
    challenge_id: ChallengeId,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { challenge_id: fields.id("challenge_id") }
    }
}

/// Sends the same code again.
#[utoipa::path(post, path = "/api/auth/phone-change/resend/", operation_id = "resendPhoneChangeCode", tag = "auth",
    request_body = Body, responses((status = 202, description = "A text is on its way", body = Challenge,
        headers(("RateLimit-Policy" = String), ("RateLimit" = String)))))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(client): Extension<Client>,
    Input(Body { challenge_id }): Input<Body>,
) -> Result<Accepted, Problem> {
    Ok(Accepted(uc.resend_phone_proof(challenge_id, &client).await?))
}
