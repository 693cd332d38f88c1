//! Endpoints of the old API that are gone for good: 410, and where to go instead (RFC 9745, RFC 8594, RFC 8288).

use axum::routing::any;
use domain::error::ErrorCode;
use http::{HeaderName, HeaderValue, header};
use utoipa_axum::router::UtoipaMethodRouterExt;
use utoipa_axum::routes;

use super::Door;
use crate::problem::Problem;

const PROBLEMS: &[ErrorCode] = &[ErrorCode::EndpointRetired];

/// Deprecated and switched off on 1 January 2026, 00:00 UTC.
const DEPRECATION: (HeaderName, HeaderValue) = (HeaderName::from_static("deprecation"), HeaderValue::from_static("@1767225600"));
const SUNSET: (HeaderName, HeaderValue) =
    (HeaderName::from_static("sunset"), HeaderValue::from_static("Thu, 01 Jan 2026 00:00:00 GMT"));

pub fn add(door: Door) -> Door {
    // Whatever the method was, the answer is that the endpoint is gone; the document names the one it had.
    door.add(routes!(register).map(|_| any(register)), PROBLEMS).add(routes!(token).map(|_| any(token)), PROBLEMS)
}

/// Retired: a phone is an account; ask for a code instead.
#[utoipa::path(post, path = "/api/auth/register/", operation_id = "register", tag = "retired",
    responses((status = 410, description = "Gone for good")))]
async fn register() -> Problem {
    gone("</api/auth/phone/request/>; rel=\"successor-version\"")
}

/// Retired: there are no passwords; sign in with a code instead.
#[utoipa::path(post, path = "/api/auth/token/", operation_id = "token", tag = "retired",
    responses((status = 410, description = "Gone for good")))]
async fn token() -> Problem {
    gone("</api/auth/phone/verify/>; rel=\"successor-version\"")
}

fn gone(successor: &'static str) -> Problem {
    Problem::new(ErrorCode::EndpointRetired)
        .with_header(DEPRECATION.0, DEPRECATION.1)
        .with_header(SUNSET.0, SUNSET.1)
        .with_header(header::LINK, HeaderValue::from_static("</api/docs/>; rel=\"deprecation\"; type=\"text/html\""))
        .with_header(header::LINK, HeaderValue::from_static(successor))
}
