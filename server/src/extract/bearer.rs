//! The person behind an access token.

use axum::extract::{FromRef, FromRequestParts};
use domain::error::ErrorCode;
use http::header;
use http::request::Parts;
use usecases::{Actor, Usecases};

use crate::problem::Problem;

/// Signed in by `Authorization: Bearer`; session and epoch are checked alive (one query).
pub struct Bearer(pub Actor);

impl<S> FromRequestParts<S> for Bearer
where
    Usecases: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let header = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let (scheme, token) = header.and_then(|text| text.split_once(' ')).ok_or(ErrorCode::Unauthenticated)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(ErrorCode::Unauthenticated.into());
        }
        Ok(Self(Usecases::from_ref(state).actor_of_access_token(token.trim()).await?))
    }
}

/// The same where strangers are welcome: whoever sends no token is one. A token that is no good is refused all the same.
pub struct MaybeBearer(pub Option<Actor>);

impl<S> FromRequestParts<S> for MaybeBearer
where
    Usecases: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        if !parts.headers.contains_key(header::AUTHORIZATION) {
            return Ok(Self(None));
        }
        Bearer::from_request_parts(parts, state).await.map(|Bearer(actor)| Self(Some(actor)))
    }
}
