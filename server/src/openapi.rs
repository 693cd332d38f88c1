//! The OpenAPI 3.1 document, made from the code, and its route.

use axum::Router;
use axum::routing::get;
use domain::error::{ErrorCode, FieldError};
use http::header;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi};
use utoipa::{OpenApi as _, ToSchema};

use crate::state::AppState;
use crate::{api, docs_page};

/// It changes with the binary alone.
const CACHED: (header::HeaderName, &str) = (header::CACHE_CONTROL, "public, max-age=300");

/// The document's own address.
pub const PATH: &str = "/api/openapi.json";

/// An RFC 9457 problem document.
#[derive(Serialize, ToSchema)]
pub struct Problem {
    /// `/problems/<code>`: a page that explains it.
    #[schema(rename = "type", example = "/problems/quota-exceeded")]
    r#type: String,
    /// In the language of `Accept-Language`.
    title: String,
    #[schema(example = 429)]
    status: u16,
    /// In the language of `Accept-Language`.
    detail: String,
    /// The stable name.
    code: String,
    /// As in `X-Request-Id`.
    request_id: String,
    /// `validation`: what is wrong with each field.
    errors: Option<Vec<FieldProblem>>,
    /// `invalid-phone`: the reason code; `conflict`: why, where there is more than one reason.
    reason: Option<String>,
    /// `conflict`: bookings that would be outside of all hours.
    bookings: Option<Vec<BookingHit>>,
    /// `invalid-phone`: the number that was probably meant, to be confirmed by the person.
    suggestion: Option<String>,
    /// `invalid-code`: guesses left.
    attempts_remaining: Option<u8>,
    /// `proof-required`: what has to be shown.
    proof: Option<api::views::Proof>,
    /// `quota-exceeded`: names of the spent limits.
    violated_policies: Option<Vec<String>>,
    /// `quota-exceeded`, `unavailable`: seconds after which it will work, as in `Retry-After`.
    retry_after: Option<u64>,
    /// `quota-exceeded`: the spent limit that takes longest.
    rate_limit: Option<api::views::RateLimit>,
}

/// A booking that would be outside of all hours.
#[derive(Serialize, ToSchema)]
pub struct BookingHit {
    id: uuid::Uuid,
    /// What the customer knows it by.
    code: String,
    staff_id: uuid::Uuid,
    starts_at: chrono::DateTime<chrono::Utc>,
    ends_at: chrono::DateTime<chrono::Utc>,
}

/// What is wrong with one field.
#[derive(Serialize, ToSchema)]
pub struct FieldProblem {
    /// JSON pointer into the body; empty for the body itself.
    #[schema(example = "/phone")]
    pointer: String,
    #[schema(example = "required")]
    code: String,
    /// In the language of `Accept-Language`.
    detail: String,
}

#[derive(utoipa::OpenApi)]
#[openapi(
    components(schemas(Problem, FieldProblem, BookingHit, api::views::Purpose, api::views::Language)),
    tags(
        (name = "auth", description = "Signing in with a code, tokens and sessions"),
        (name = "me", description = "The caller's own account"),
        (name = "admin", description = "People, for those who run the platform, behind a second factor"),
        (name = "salons", description = "Salons as the public sees them, and their set-up for those who run them"),
        (name = "bookings", description = "Slots held, booked, moved and called off, and what is said of visits"),
        (name = "webhooks", description = "What providers of text messages call"),
        (name = "meta", description = "Health and keys"),
        (name = "retired", description = "Gone for good"),
    )
)]
struct Frame;

const ABOUT: &str = "Phone-first accounts and booking for salons. UTF-8 JSON; every path ends in a slash and is answered the same \
way without it. Times are RFC 3339 UTC, phones E.164. Unknown fields are refused. Problems are RFC 9457 documents in the language \
of `Accept-Language` (ar, en). Every answer has `X-Request-Id`; limits are told in `RateLimit` and `RateLimit-Policy`, and \
`Retry-After` is true.";

/// The whole document.
pub fn document() -> OpenApi {
    let (_, paths) = api::router();
    let mut document = Frame::openapi();
    document.merge(paths);
    document.info = InfoBuilder::new().title("Salon").version(env!("CARGO_PKG_VERSION")).description(Some(ABOUT)).build();
    let components = document.components.get_or_insert_with(|| ComponentsBuilder::new().build());
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
    document
}

/// The document as JSON, with the closed lists of codes written into it.
pub fn json() -> Value {
    let mut document = serde_json::to_value(document()).unwrap_or_default();
    let schemas = &mut document["components"]["schemas"];
    schemas["Problem"]["properties"]["code"]["enum"] = ErrorCode::ALL.iter().map(|code| code.as_str()).collect();
    schemas["FieldProblem"]["properties"]["code"]["enum"] = FieldError::ALL.iter().map(|code| code.as_str()).collect();
    document["components"]["schemas"]["Problem"]["required"] = json!(["type", "title", "status", "detail", "code", "request_id"]);
    document
}

/// The document and its page, rendered once.
pub fn router(state: &AppState) -> Router<AppState> {
    let document = json();
    let page = docs_page::render(&document, &state.assets.css);
    let text = document.to_string();
    let json = [(header::CONTENT_TYPE, "application/json"), CACHED];
    let html = [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CONTENT_SECURITY_POLICY, docs_page::CSP), CACHED];
    Router::new().route(PATH, get(async move || (json, text))).route(docs_page::PATH, get(async move || (html, page)))
}
