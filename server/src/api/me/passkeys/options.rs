//! `POST /api/me/passkeys/options/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use http::StatusCode;
use usecases::Usecases;

use crate::api::passkey_views::PasskeyCeremony;
use crate::extract::Bearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[
    ErrorCode::FreshAuthenticationRequired,
    ErrorCode::SecondFactorRequired,
    ErrorCode::Forbidden,
    ErrorCode::Conflict,
    ErrorCode::NotFound,
];

/// Begins to add a passkey in this session, instead of whatever was begun in it before. Without a second factor it needs a sign-in that is a
/// few minutes old at most, else that one is shown. `conflict` when there are twenty. Good once, for five minutes.
#[utoipa::path(post, path = "/api/me/passkeys/options/", operation_id = "beginPasskey", tag = "me", security(("bearer" = [])),
    responses((status = 201, description = "What `navigator.credentials.create()` or its like needs", body = PasskeyCeremony)))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer) -> Result<(StatusCode, Json<PasskeyCeremony>), Problem> {
    Ok((StatusCode::CREATED, Json(uc.begin_passkey(&actor).await?.into())))
}
