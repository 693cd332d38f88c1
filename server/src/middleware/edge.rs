//! The outermost layer: gives the request its id, address and language, and the answer its problem document, headers and log line.

use std::net::IpAddr;
use std::time::Instant;

use app::RequestId;
use axum::Json;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::locale::Locale;
use http::{HeaderMap, HeaderName, HeaderValue, header, request};
use tracing::{Instrument, Span, field};
use usecases::{Client, ClientAddress};
use uuid::Uuid;

use super::{client_address, security_headers};
use crate::config::Config;
use crate::problem::Problem;
use crate::state::AppState;
use crate::web;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const PROBLEM_JSON: HeaderValue = HeaderValue::from_static("application/problem+json");
/// What is kept of a `User-Agent`.
const MAX_USER_AGENT_CHARS: usize = 255;

pub async fn edge(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    // An id from outside could collide or carry something into the log: every request gets its own.
    let id = state.usecases.rng().id_v7::<Uuid>(state.usecases.clock().now()).to_string();
    let locale = language(request.headers());
    let client = client(client_address::peer(request.extensions()), request.headers(), &state.config);
    // The template, never the path: paths hold ids.
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
    let span =
        tracing::info_span!("request", id, method = %request.method(), route, status = field::Empty, duration_ms = field::Empty);

    let extensions = request.extensions_mut();
    extensions.insert(RequestId(id.clone()));
    extensions.insert(locale);
    extensions.insert(client);
    let (parts, body) = request.into_parts();
    let page_parts = (!is_json_door(parts.uri.path())).then(|| parts.clone());

    async move {
        let mut response = next.run(Request::from_parts(parts, body)).await;
        if let Some(problem) = response.extensions_mut().remove::<Problem>() {
            response = write_problem(&state, &problem, response, page_parts, locale, &id).await;
        }
        let headers = response.headers_mut();
        if let Ok(value) = HeaderValue::try_from(id) {
            headers.insert(REQUEST_ID, value);
        }
        security_headers::apply(headers, state.config.is_https());
        let span = Span::current();
        span.record("status", response.status().as_u16());
        span.record("duration_ms", u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX));
        tracing::info!("answered");
        response
    }
    .instrument(span)
    .await
}

/// A JSON document for programs, a whole page for browsers.
async fn write_problem(
    state: &AppState,
    problem: &Problem,
    empty: Response,
    page: Option<request::Parts>,
    locale: Locale,
    id: &str,
) -> Response {
    let mut response = if let Some(parts) = page {
        web::problem_page(state, parts, problem.code).await
    } else {
        let mut response = Json(problem.document(locale, id)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, PROBLEM_JSON);
        response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(locale.as_str()));
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept-Language"));
        response
    };
    *response.status_mut() = problem.status();
    // What the inner layers said (`Allow`, `Retry-After`) goes with it; what describes the empty body does not.
    for (name, value) in empty.headers() {
        if name != header::CONTENT_TYPE && name != header::CONTENT_LENGTH {
            response.headers_mut().append(name, value.clone());
        }
    }
    response
}

/// Whether a program asks: problems are JSON there.
pub fn is_json_door(path: &str) -> bool {
    path == "/api"
        || path.starts_with("/api/")
        || path.starts_with("/.well-known/")
        || matches!(path, "/healthz" | "/readyz" | "/dev/sms.json")
}

fn language(headers: &HeaderMap) -> Locale {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    wanted.and_then(Locale::from_accept_language).unwrap_or_default()
}

fn client(peer: IpAddr, headers: &HeaderMap, config: &Config) -> Client {
    let address = client_address::of(peer, headers, &config.server.trusted_proxies);
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    Client {
        address: ClientAddress::from_ip(address),
        user_agent: user_agent.map(|text| text.chars().take(MAX_USER_AGENT_CHARS).collect()),
    }
}

/// `/api/me` and `/api/me/` are one address; files (`/api/openapi.json`) have no slash. Runs before routing, never redirects.
pub fn with_api_slash(mut request: http::Request<Body>) -> http::Request<Body> {
    let path = request.uri().path();
    if path != "/api" && !path.starts_with("/api/") {
        return request;
    }
    let bare = path.trim_end_matches('/');
    let is_file = bare.rsplit('/').next().is_some_and(|last| last.contains('.'));
    let wanted = if is_file { bare.to_owned() } else { format!("{bare}/") };
    // Only one slash is forgiven: `/api/me//` is another path.
    if wanted == path || path.ends_with("//") {
        return request;
    }
    let with_query = request.uri().query().map_or_else(|| wanted.clone(), |query| format!("{wanted}?{query}"));
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = with_query.parse().ok();
    if let Ok(uri) = http::Uri::from_parts(parts) {
        *request.uri_mut() = uri;
    }
    request
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slash_more_or_less_is_the_same_address() {
        let rewritten =
            |uri: &str| with_api_slash(http::Request::get(uri).body(Body::empty()).expect("a request")).uri().to_string();
        assert_eq!(rewritten("/api/me"), "/api/me/");
        assert_eq!(rewritten("/api/me/?a=1"), "/api/me/?a=1");
        assert_eq!(rewritten("/api/me?a=1"), "/api/me/?a=1");
        assert_eq!(rewritten("/api"), "/api/");
        assert_eq!(rewritten("/api/openapi.json"), "/api/openapi.json");
        assert_eq!(rewritten("/api/openapi.json/"), "/api/openapi.json");
        assert_eq!(rewritten("/api/me//"), "/api/me//");
        assert_eq!(rewritten("/login"), "/login");
        assert_eq!(rewritten("/apish"), "/apish");
    }

    #[test]
    fn programs_get_json_and_browsers_get_pages() {
        for path in ["/api", "/api/x", "/.well-known/jwks.json", "/healthz"] {
            assert!(is_json_door(path), "{path}");
        }
        for path in ["/", "/login", "/sf/verify", "/apish", "/dev/sms"] {
            assert!(!is_json_door(path), "{path}");
        }
    }
}
