//! 202: a text is on its way, with where the caller stands.

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use usecases::Sent;

use crate::api::views::Challenge;
use crate::rate_limit;

/// The answer to every request for a code.
pub struct Accepted(pub Sent);

impl IntoResponse for Accepted {
    fn into_response(self) -> Response {
        let Self(sent) = self;
        let mut response = (StatusCode::ACCEPTED, Json(Challenge::from(&sent))).into_response();
        rate_limit::write_headers(response.headers_mut(), &[sent.send, sent.cooldown_standing()]);
        response
    }
}
