//! `POST /api/me/second-factor/totp/confirm/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use usecases::Usecases;
use utoipa::ToSchema;

use super::Code;
use crate::api::views::RecoveryCodes;
use crate::extract::{Bearer, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[
    ErrorCode::InvalidCode,
    ErrorCode::NotFound,
    ErrorCode::FreshAuthenticationRequired,
    ErrorCode::SecondFactorRequired,
    ErrorCode::Forbidden,
];

#[derive(ToSchema)]
#[schema(as = TotpConfirm)]
#[expect(dead_code, reason = "it is the shape of `Code` in the document")]
pub struct Body {
    /// The six digits that the app shows.
    #[schema(example = "287082", max_length = 128)]
    code: String,
}

/// Confirms the app that is being set up in this session. It is in use from now on, instead of one before, and was shown in this session.
#[utoipa::path(post, path = "/api/me/second-factor/totp/confirm/", operation_id = "confirmTotp", tag = "me", security(("bearer" = [])),
    request_body = Body, responses((status = 200, description = "Recovery codes, shown this once; none when there are some already, with a passkey", body = RecoveryCodes)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Bearer(actor): Bearer,
    Input(Code(code)): Input<Code>,
) -> Result<Json<RecoveryCodes>, Problem> {
    Ok(Json(RecoveryCodes::of(&uc.confirm_enrolment(&actor, &code).await?)))
}
