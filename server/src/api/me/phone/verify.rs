//! `POST /api/me/phone/verify/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::ChallengeId;
use domain::locale::Locale;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::api::views::Me;
use crate::extract::{Bearer, Fields, FromFields, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[
    ErrorCode::InvalidCode,
    ErrorCode::ChallengeNotFound,
    ErrorCode::Conflict,
    ErrorCode::Forbidden,
    ErrorCode::FreshAuthenticationRequired,
];

#[derive(ToSchema)]
#[schema(as = MePhoneVerify)]
pub struct Body {
    #[schema(value_type = Uuid)]
    challenge_id: ChallengeId,
    /// As typed or pasted.
    #[schema(example = "123456")]
    code: String,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { challenge_id: fields.id("challenge_id"), code: fields.raw_text("code") }
    }
}

/// Proves the number, or moves the account to it: the old number is told, other sessions end.
#[utoipa::path(post, path = "/api/me/phone/verify/", operation_id = "verifyPhone", tag = "me", security(("bearer" = [])),
    request_body = Body, responses((status = 200, description = "The caller as they now are", body = Me)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Bearer(actor): Bearer,
    Input(Body { challenge_id, code }): Input<Body>,
) -> Result<Json<Me>, Problem> {
    let user = uc.verify_phone(&actor, challenge_id, &code).await?;
    Ok(Json(Me::new(&user, locale)))
}
