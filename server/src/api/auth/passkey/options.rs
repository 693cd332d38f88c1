//! `POST /api/auth/passkey/options/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use http::StatusCode;
use usecases::{Client, Usecases};

use crate::api::passkey_views::PasskeyCeremony;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound];

/// Begins a sign-in with whatever passkey of this site the caller has. Good once, for five minutes. `not-found` where the service has no
/// domain: there can be no passkeys then.
#[utoipa::path(post, path = "/api/auth/passkey/options/", operation_id = "beginPasskeySignIn", tag = "auth",
    responses((status = 201, description = "What `navigator.credentials.get()` or its like needs", body = PasskeyCeremony)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(client): Extension<Client>,
) -> Result<(StatusCode, Json<PasskeyCeremony>), Problem> {
    Ok((StatusCode::CREATED, Json(uc.begin_passkey_sign_in(&client).await?.into())))
}
