//! `POST /api/auth/passkey/verify/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::CeremonyId;
use domain::locale::Locale;
use domain::session::SessionKind;
use serde_json::Value;
use usecases::{Client, PasskeySignIn, Usecases};
use utoipa::ToSchema;

use crate::api::views::SessionTokens;
use crate::extract::{Fields, FromFields, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::PasskeyRefused, ErrorCode::NotFound];

/// Longest name of a device, in characters.
const DEVICE_NAME_MAX_CHARS: usize = 120;

#[derive(ToSchema)]
#[schema(as = PasskeySignIn)]
pub struct Body {
    #[schema(value_type = Uuid)]
    ceremony_id: CeremonyId,
    /// The assertion as `PublicKeyCredential.toJSON()` writes it (WebAuthn §5.1), with `userHandle`. Members that are not known here are
    /// left alone.
    #[schema(value_type = Object)]
    credential: Value,
    /// What the list of sessions calls this device.
    #[schema(example = "Sara's phone", max_length = 120)]
    device_name: Option<String>,
    /// From an earlier sign-in on this device.
    device_token: Option<String>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            ceremony_id: fields.id("ceremony_id"),
            credential: fields.foreign_object("credential"),
            device_name: fields.bounded_text("device_name", DEVICE_NAME_MAX_CHARS),
            device_token: fields.optional_text("device_token"),
        }
    }
}

/// Signs in with a passkey. It is the second factor as well: the session has shown it. One answer, `passkey-refused`, whatever is wrong: not
/// known, not right, not in time, or an account that nobody may come into.
#[utoipa::path(post, path = "/api/auth/passkey/verify/", operation_id = "signInWithPasskey", tag = "auth", request_body = Body,
    responses((status = 200, description = "Signed in", body = SessionTokens)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Extension(client): Extension<Client>,
    Input(Body { ceremony_id, credential, device_name, device_token }): Input<Body>,
) -> Result<Json<SessionTokens>, Problem> {
    let input = PasskeySignIn { ceremony: ceremony_id, credential, device_name, device_token, kind: SessionKind::Api };
    let signed_in = uc.sign_in_with_passkey(input, &client).await?;
    SessionTokens::of(signed_in, locale).map(Json).ok_or_else(|| ErrorCode::Internal.into())
}
