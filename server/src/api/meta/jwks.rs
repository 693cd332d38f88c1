//! `GET /.well-known/jwks.json`

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::error::ErrorCode;
use http::header;
use usecases::Usecases;

pub const PROBLEMS: &[ErrorCode] = &[];

/// The public halves of the keys that sign access tokens (RFC 7517).
#[utoipa::path(get, path = "/.well-known/jwks.json", operation_id = "jwks", tag = "meta",
    responses((status = 200, description = "A JWK set", body = Object)))]
pub async fn handler(State(uc): State<Usecases>) -> Response {
    ([(header::CACHE_CONTROL, "public, max-age=300")], Json(uc.jwks())).into_response()
}
