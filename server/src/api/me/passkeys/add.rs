//! `POST /api/me/passkeys/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::CeremonyId;
use domain::passkey::NAME_MAX_CHARS;
use http::StatusCode;
use serde_json::Value;
use usecases::{AddPasskey, Client, Usecases};
use utoipa::ToSchema;

use crate::api::passkey_views::AddedPasskey;
use crate::extract::{Bearer, Fields, FromFields, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[
    ErrorCode::PasskeyRefused,
    ErrorCode::FreshAuthenticationRequired,
    ErrorCode::SecondFactorRequired,
    ErrorCode::Forbidden,
    ErrorCode::Conflict,
    ErrorCode::NotFound,
];

#[derive(ToSchema)]
#[schema(as = PasskeyAdd)]
pub struct Body {
    #[schema(value_type = Uuid)]
    ceremony_id: CeremonyId,
    /// The attestation as `PublicKeyCredential.toJSON()` writes it (WebAuthn §5.1). Members that are not known here are left alone.
    #[schema(value_type = Object)]
    credential: Value,
    /// What the list calls it; without one, what the app or browser calls itself.
    #[schema(example = "Sara's phone", max_length = 60)]
    name: Option<String>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            ceremony_id: fields.id("ceremony_id"),
            credential: fields.foreign_object("credential"),
            name: fields.bounded_text("name", NAME_MAX_CHARS),
        }
    }
}

/// Adds a passkey, which also shows the second factor in this session. With a person's first factor come recovery codes.
#[utoipa::path(post, path = "/api/me/passkeys/", operation_id = "addPasskey", tag = "me", security(("bearer" = [])),
    request_body = Body, responses((status = 201, description = "It signs in from now on", body = AddedPasskey)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(client): Extension<Client>,
    Bearer(actor): Bearer,
    Input(Body { ceremony_id, credential, name }): Input<Body>,
) -> Result<(StatusCode, Json<AddedPasskey>), Problem> {
    let name = name.or(client.user_agent).unwrap_or_default();
    let added = uc.add_passkey(&actor, AddPasskey { ceremony: ceremony_id, credential, name }).await?;
    Ok((StatusCode::CREATED, Json(added.into())))
}
