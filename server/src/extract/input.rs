//! A JSON body, read strictly: media type, size, syntax, then every field.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use domain::error::{ErrorCode, FieldError, ValidationError};
use http::{HeaderMap, header};
use serde_json::error::Category;

use super::fields::Fields;
use crate::middleware::body::BodyFault;
use crate::problem::Problem;

/// A request body that is one object.
pub trait FromFields: Sized {
    /// Reads every field it knows; what it leaves over is refused.
    fn from_fields(fields: &mut Fields) -> Self;
}

/// The body of a request.
pub struct Input<T>(pub T);

impl<S, T> FromRequest<S> for Input<T>
where
    T: FromFields,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            return Err(ErrorCode::UnsupportedMediaType.into());
        }
        let bytes = whole(request.into_body()).await?;
        let mut fields: Fields = serde_json::from_slice(&bytes).map_err(|error| match error.classify() {
            // Good JSON, but not an object.
            Category::Data => Problem::validation(vec![ValidationError { pointer: String::new(), code: FieldError::Invalid }]),
            Category::Io | Category::Syntax | Category::Eof => ErrorCode::Malformed.into(),
        })?;
        let input = T::from_fields(&mut fields);
        fields.finish().map_err(Problem::validation)?;
        Ok(Self(input))
    }
}

/// All of a body. Its size is bounded already, by the layer `body`.
pub async fn whole(body: Body) -> Result<Bytes, Problem> {
    let bytes = to_bytes(body, usize::MAX).await.map_err(|error| match fault(&error) {
        Some(BodyFault::TooLarge) => ErrorCode::PayloadTooLarge,
        _ => ErrorCode::Malformed,
    })?;
    Ok(bytes)
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(text) = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()) else { return false };
    let mut pieces = text.split(';').map(str::trim);
    let is_json = pieces.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    is_json
        && pieces.filter_map(|piece| piece.split_once('=')).all(|(name, value)| {
            !name.trim().eq_ignore_ascii_case("charset") || value.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
        })
}

fn fault(error: &axum::Error) -> Option<BodyFault> {
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = next {
        if let Some(fault) = error.downcast_ref::<BodyFault>() {
            return Some(*fault);
        }
        next = error.source();
    }
    None
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn json_in_utf_8_and_nothing_else() {
        let is = |text: &'static str| is_json(&HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(text))]));
        for good in ["application/json", "Application/JSON; charset=UTF-8", "application/json;charset=\"utf-8\""] {
            assert!(is(good), "{good}");
        }
        for bad in
            ["text/plain", "application/jsonx", "application/json; charset=latin1", "application/x-www-form-urlencoded", ""]
        {
            assert!(!is(bad), "{bad}");
        }
        assert!(!is_json(&HeaderMap::new()));
    }
}
