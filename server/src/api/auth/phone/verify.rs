//! `POST /api/auth/phone/verify/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::ChallengeId;
use domain::locale::Locale;
use domain::session::SessionKind;
use usecases::{Client, Usecases, VerifyCode};
use utoipa::ToSchema;

use crate::api::views::SessionTokens;
use crate::extract::{Fields, FromFields, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::InvalidCode, ErrorCode::InvalidPhone, ErrorCode::ChallengeNotFound, ErrorCode::Forbidden];

/// Longest name of a device, in characters.
const DEVICE_NAME_MAX_CHARS: usize = 120;

#[derive(ToSchema)]
#[schema(as = VerifyRequest)]
pub struct Body {
    #[schema(value_type = Uuid)]
    challenge_id: ChallengeId,
    /// As typed or pasted: digits of any script, spaces and dashes, or the whole message.
    #[schema(example = "123456")]
    code: String,
    /// When given, it must be the phone of the challenge.
    phone: Option<String>,
    /// What the list of sessions calls this device.
    #[schema(example = "Sara's phone", max_length = 120)]
    device_name: Option<String>,
    /// From an earlier sign-in on this device.
    device_token: Option<String>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            challenge_id: fields.id("challenge_id"),
            code: fields.raw_text("code"),
            phone: fields.optional_text("phone"),
            device_name: fields.bounded_text("device_name", DEVICE_NAME_MAX_CHARS),
            device_token: fields.optional_text("device_token"),
        }
    }
}

/// Signs in with a code.
#[utoipa::path(post, path = "/api/auth/phone/verify/", operation_id = "verifyCode", tag = "auth", request_body = Body,
    responses((status = 200, description = "Signed in", body = SessionTokens)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Extension(client): Extension<Client>,
    Input(Body { challenge_id, code, phone, device_name, device_token }): Input<Body>,
) -> Result<Json<SessionTokens>, Problem> {
    let input = VerifyCode { challenge_id, code, phone, device_name, device_token, kind: SessionKind::Api };
    let signed_in = uc.verify_code(input, &client).await?;
    SessionTokens::of(signed_in, locale).map(Json).ok_or_else(|| ErrorCode::Internal.into())
}
