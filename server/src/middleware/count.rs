//! Counts requests for those who watch. Only there when somebody does (`metrics.bind`).

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use http::Method;
use usecases::metrics::{self, InFlight};

/// The outermost layer: it sees what callers see. A request whose caller hung up was not answered, and is not counted.
pub async fn count(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = name(request.method());
    // The template, never the path: paths hold ids, and there is no end to them.
    let route = request.extensions().get::<MatchedPath>().cloned();
    let _in_flight = InFlight::enter();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("-", MatchedPath::as_str);
    metrics::http_answered(method, route, response.status().as_u16(), started.elapsed());
    response
}

/// Callers may make methods up.
fn name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_that_somebody_made_up_has_no_name() {
        assert_eq!(name(&Method::PATCH), "PATCH");
        assert_eq!(name(&Method::from_bytes(b"PHONE-966501234567").expect("a token")), "other");
    }
}
