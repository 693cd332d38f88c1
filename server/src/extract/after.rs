//! Where a page of a list begins.

use std::collections::HashMap;
use std::str::FromStr;

use axum::extract::{FromRequestParts, Query};
use domain::error::{ErrorCode, FieldError, ValidationError};
use http::request::Parts;

use crate::problem::Problem;

/// `?after=`, the `next` of the page before. A list that takes it takes nothing else.
pub struct After<T>(pub Option<T>);

impl<S, T> FromRequestParts<S> for After<T>
where
    T: FromStr,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Query(query) = Query::<HashMap<String, String>>::try_from_uri(&parts.uri).map_err(|_| ErrorCode::Malformed)?;
        let mut unknown: Vec<_> = query.keys().filter(|name| *name != "after").collect();
        unknown.sort();
        let mut errors: Vec<_> =
            unknown.into_iter().map(|name| ValidationError::new(&format!("/{name}"), FieldError::Unknown)).collect();
        let after = query.get("after").filter(|text| !text.is_empty()).map(|text| text.parse());
        if let Some(Err(_)) = after {
            errors.push(ValidationError::new("/after", FieldError::Invalid));
        }
        if errors.is_empty() { Ok(Self(after.and_then(Result::ok))) } else { Err(Problem::validation(errors)) }
    }
}
