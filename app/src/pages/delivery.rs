//! How the text of a code fares, in one word, for the island on the page that waits for it.

use axum::response::{IntoResponse, Response};
use domain::challenge::Purpose;
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

use crate::visit::Visit;

/// `/login/code/delivery`
pub(crate) async fn of_sign_in(visit: Visit) -> Response {
    word(visit, Purpose::Auth).await
}

/// `/account/phone/code/delivery`
pub(crate) async fn of_change(visit: Visit) -> Response {
    match visit.actor {
        Some(_) => word(visit, Purpose::Verify).await,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Only whoever asked for the code has the cookie that names its challenge.
async fn word(visit: Visit, purpose: Purpose) -> Response {
    let Some(pending) = visit.flow.pending(purpose) else { return StatusCode::NOT_FOUND.into_response() };
    match visit.web.usecases.find_awaited(pending.challenge, purpose).await {
        Ok(Some(awaited)) => {
            let headers = [(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")];
            (headers, awaited.delivery.as_str()).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
