//! How the text of a code fares, in one word, for the island on the page that waits for it.

use axum::response::{IntoResponse, Response};
use domain::challenge::Purpose;
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

use crate::flow::Pending;
use crate::visit::Visit;

/// `/login/code/delivery`
pub(crate) async fn of_sign_in(visit: Visit) -> Response {
    word(visit, Purpose::Auth).await
}

/// `/account/phone/code/delivery`
pub(crate) async fn of_change(visit: Visit) -> Response {
    if visit.actor.is_some() { word(visit, Purpose::Verify).await } else { answer(OVER) }
}

/// `/phone-change/code/delivery`
pub(crate) async fn of_move(visit: Visit) -> Response {
    match visit.flow.moving.clone() {
        Some(moving) => word_of(visit, &moving.pending, Purpose::Verify).await,
        None => answer(OVER),
    }
}

/// Nobody waits for this code any more: a page that was left open is no fault, so it is an answer like the others.
const OVER: &str = "over";

/// Only whoever asked for the code has the cookie that names its challenge.
async fn word(visit: Visit, purpose: Purpose) -> Response {
    match visit.flow.pending(purpose).cloned() {
        Some(pending) => word_of(visit, &pending, purpose).await,
        None => answer(OVER),
    }
}

async fn word_of(visit: Visit, pending: &Pending, purpose: Purpose) -> Response {
    match visit.web.usecases.find_awaited(pending.challenge, purpose).await {
        Ok(awaited) => answer(awaited.map_or(OVER, |awaited| awaited.delivery.as_str())),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn answer(word: &'static str) -> Response {
    ([(CONTENT_TYPE, "text/plain; charset=utf-8"), (CACHE_CONTROL, "no-store")], word).into_response()
}
