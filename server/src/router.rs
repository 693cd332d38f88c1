//! All routes and what lies around them.

use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use domain::error::ErrorCode;
use tower::ServiceExt;

use crate::middleware::{body, capacity, count, edge, flood};
use crate::problem::Problem;
use crate::state::AppState;
use crate::{api, openapi, web};

/// The whole service: both doors, files, errors. Clones share everything.
pub fn build_router(state: AppState) -> Router {
    let server = &state.config.server;
    let seconds = |count: u32| Duration::from_secs(count.into());
    let places = capacity::Capacity::new(server.max_requests, seconds(server.request_timeout_s));

    let is_watched = state.config.metrics.bind.0.is_some();

    let (json, _) = api::router();
    let mut json = json.merge(openapi::router(&state)).route("/api/", any(not_found)).route("/api/{*rest}", any(not_found));
    if state.config.has_dev_pages() {
        json = json.route("/dev/sms.json", get(api::dev_sms::handler));
    }
    // The JSON door's own 405; the pages have theirs.
    let json = json.method_not_allowed_fallback(method_not_allowed);

    let routes = Router::new()
        .merge(json)
        .merge(web::pages(&state))
        .merge(web::files(&state))
        .fallback(web::fallback)
        .layer(from_fn_with_state(seconds(server.body_timeout_s), body::guard))
        .layer(from_fn_with_state(state.flood.clone(), flood::gate))
        .layer(from_fn_with_state(places, capacity::bound))
        .layer(from_fn_with_state(state.clone(), edge::edge));
    let routes = if is_watched { routes.layer(from_fn(count::count)) } else { routes };
    let routes = routes.with_state(state);

    // Rewriting must come before routing, and layers of a router come after it: hence one router around the other.
    let routes = tower::service_fn(move |request: Request| routes.clone().oneshot(edge::with_api_slash(request)));
    Router::new().fallback_service(routes)
}

async fn not_found() -> Problem {
    ErrorCode::NotFound.into()
}

async fn method_not_allowed() -> Response {
    Problem::new(ErrorCode::MethodNotAllowed).into_response()
}
