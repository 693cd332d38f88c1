//! Says who is behind the session cookie: puts the [`usecases::Actor`] of a live session into the request.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use tower_sessions::Session;
use usecases::Usecases;

use crate::problem::Problem;

/// One query when there is a cookie, none without.
pub async fn actor(State(uc): State<Usecases>, mut request: Request, next: Next) -> Response {
    if let Some(cookie) = request.extensions().get::<Session>().and_then(Session::id) {
        match uc.actor_of_web_session(cookie.0).await {
            Ok(Some(actor)) => drop(request.extensions_mut().insert(actor)),
            Ok(None) => {}
            Err(error) => return Problem::from(error).into_response(),
        }
    }
    next.run(request).await
}

/// tower-sessions builds the cookie that removes the session from what the browser sent, which has no attributes; without `Secure`
/// a browser ignores it for a `__Host-` name.
pub async fn complete_cookies(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let header::Entry::Occupied(mut entry) = response.headers_mut().entry(header::SET_COOKIE) {
        for value in entry.iter_mut() {
            let Ok(text) = value.to_str() else { continue };
            if text.starts_with("__Host-")
                && !text.contains("; Secure")
                && let Ok(complete) = HeaderValue::try_from(format!("{text}; Secure; HttpOnly; SameSite=Lax"))
            {
                *value = complete;
            }
        }
    }
    response
}
