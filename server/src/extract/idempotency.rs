//! `Idempotency-Key`, when the caller sent one.

use axum::extract::FromRequestParts;
use domain::error::{FieldError, ValidationError};
use domain::ids::BookingId;
use http::request::Parts;
use serde::Serialize;
use usecases::Idempotency;

use crate::problem::Problem;

/// The key as it came.
pub struct IdempotencyKey(Option<String>);

impl IdempotencyKey {
    /// With what is asked: the same key with anything else is a mistake.
    pub fn with(&self, act: &str, subject: Option<BookingId>, input: &impl Serialize) -> Result<Option<Idempotency>, Problem> {
        let key = self.0.as_deref();
        Ok(key.map(|key| Idempotency::new(key, act, subject, input)).transpose()?)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IdempotencyKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let wrong = || Problem::validation(vec![ValidationError::new("/Idempotency-Key", FieldError::InvalidChars)]);
        let key = parts.headers.get("idempotency-key").map(|value| value.to_str().map_err(|_| wrong()));
        Ok(Self(key.transpose()?.map(str::to_owned)))
    }
}
