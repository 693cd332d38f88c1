//! The web door, mounted: pages and forms from `app` with what must lie around them, and the files of the built site.

use std::convert::Infallible;
use std::sync::Arc;

use app::{RequestId, Web};
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Response};
use domain::error::ErrorCode;
use domain::locale::Locale;
use http::{HeaderValue, Method, StatusCode, header, request};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use crate::middleware::{csrf, web_session};
use crate::state::AppState;
use crate::web_sessions;

/// Files with a hash in their name never change.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// Files without one: icons, robots.txt.
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

fn web(state: &AppState) -> Web {
    Web {
        usecases: state.usecases.clone(),
        assets: state.assets.clone(),
        is_https: state.config.is_https(),
        is_development: state.config.has_dev_pages(),
    }
}

/// Pages and forms. Only they know cookies.
pub fn pages(state: &AppState) -> Router<AppState> {
    let origin: Arc<str> = state.config.public_origin().into();
    app::router(web(state))
        .layer(middleware::from_fn_with_state(state.usecases.clone(), web_session::actor))
        .layer(web_sessions::layer(&state.usecases, &state.config))
        .layer(middleware::from_fn(web_session::complete_cookies))
        .layer(middleware::from_fn_with_state(origin, csrf::same_origin))
        .with_state(())
}

/// The hashed files of the site, compressed ahead.
pub fn files(state: &AppState) -> Router<AppState> {
    let folder = ServeDir::new(state.config.server.site_root.join("pkg")).precompressed_br().precompressed_gzip();
    Router::new().nest_service("/pkg", folder).layer(middleware::from_fn(immutable))
}

async fn immutable(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(header::CACHE_CONTROL, IMMUTABLE);
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        response
    } else {
        crate::problem::Problem::new(ErrorCode::NotFound).into_response()
    }
}

/// A path that no route knows: a file of the site, else the page that says so.
pub async fn fallback(State(state): State<AppState>, request: Request) -> Result<Response, Infallible> {
    let path = request.uri().path();
    let may_be_file = matches!(*request.method(), Method::GET | Method::HEAD)
        && path.rsplit('/').next().is_some_and(|name| name.contains('.'))
        && path != "/manifest.json";
    let (parts, body) = request.into_parts();
    if may_be_file {
        let folder = ServeDir::new(&state.config.server.site_root).append_index_html_on_directories(false);
        let response = folder.oneshot(Request::from_parts(parts.clone(), body)).await?;
        if response.status() != StatusCode::NOT_FOUND {
            let mut response = response.into_response();
            response.headers_mut().insert(header::CACHE_CONTROL, AN_HOUR);
            return Ok(response);
        }
    }
    Ok(crate::problem::Problem::new(ErrorCode::NotFound).into_response())
}

/// A whole page for a browser's problem; for trouble of ours one that needs nothing.
pub async fn problem_page(state: &AppState, parts: request::Parts, code: ErrorCode) -> Response {
    if matches!(code, ErrorCode::Internal | ErrorCode::Unavailable | ErrorCode::QuotaExceeded) {
        let id = parts.extensions.get::<RequestId>().map_or("", |id| id.0.as_str());
        let locale = parts.extensions.get::<Locale>().copied().unwrap_or_default();
        return Html(app::bare_error_page(locale, code, id)).into_response();
    }
    app::problem(&web(state), parts, code).await
}
