//! `POST /api/me/second-factor/passkey/options/` and `POST /api/me/second-factor/passkey/show/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::CeremonyId;
use http::StatusCode;
use serde_json::Value;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::api::passkey_views::PasskeyCeremony;
use crate::extract::{Bearer, Fields, FromFields, Input};
use crate::problem::Problem;

pub const BEGIN_PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound];

/// Begins to show one of the caller's passkeys in this session. `not-found` without any. Good once, for five minutes.
#[utoipa::path(post, path = "/api/me/second-factor/passkey/options/", operation_id = "beginPasskeyShow", tag = "me",
    security(("bearer" = [])),
    responses((status = 201, description = "What `navigator.credentials.get()` or its like needs", body = PasskeyCeremony)))]
pub async fn begin(State(uc): State<Usecases>, Bearer(actor): Bearer) -> Result<(StatusCode, Json<PasskeyCeremony>), Problem> {
    Ok((StatusCode::CREATED, Json(uc.begin_passkey_show(&actor).await?.into())))
}

pub const SHOW_PROBLEMS: &[ErrorCode] = &[ErrorCode::PasskeyRefused, ErrorCode::NotFound];

#[derive(ToSchema)]
#[schema(as = PasskeyShow)]
pub struct Body {
    #[schema(value_type = Uuid)]
    ceremony_id: CeremonyId,
    /// The assertion as `PublicKeyCredential.toJSON()` writes it (WebAuthn §5.1). Members that are not known here are left alone.
    #[schema(value_type = Object)]
    credential: Value,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { ceremony_id: fields.id("ceremony_id"), credential: fields.foreign_object("credential") }
    }
}

/// Shows a passkey as the second factor, as `/api/me/second-factor/show/` does with a code.
#[utoipa::path(post, path = "/api/me/second-factor/passkey/show/", operation_id = "showPasskey", tag = "me", security(("bearer" = [])),
    request_body = Body, responses((status = 204, description = "It was right")))]
pub async fn show(
    State(uc): State<Usecases>,
    Bearer(actor): Bearer,
    Input(Body { ceremony_id, credential }): Input<Body>,
) -> Result<StatusCode, Problem> {
    uc.show_passkey(&actor, ceremony_id, credential).await?;
    Ok(StatusCode::NO_CONTENT)
}
