//! Bounds on one request: panics end it and nothing else, it takes no longer than the time limit, and over capacity it is turned
//! away at once instead of piling up.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::error::ErrorCode;
use futures::FutureExt;
use tokio::sync::Semaphore;

use crate::problem::Problem;

const RETRY_AFTER_S: u64 = 1;

/// Places for requests, and the time each has.
#[derive(Clone, Debug)]
pub struct Capacity {
    places: Arc<Semaphore>,
    time_limit: Duration,
}

impl Capacity {
    pub fn new(max_requests: u32, time_limit: Duration) -> Self {
        Self { places: Arc::new(Semaphore::new(usize::try_from(max_requests).unwrap_or(Semaphore::MAX_PERMITS))), time_limit }
    }
}

pub async fn bound(State(capacity): State<Capacity>, request: Request, next: Next) -> Response {
    let Ok(_place) = capacity.places.try_acquire() else {
        return Problem::unavailable(RETRY_AFTER_S).into_response();
    };
    match tokio::time::timeout(capacity.time_limit, AssertUnwindSafe(next.run(request)).catch_unwind()).await {
        Ok(Ok(response)) => response,
        // The panic hook has logged where; what it said may hold anything.
        Ok(Err(_panic)) => Problem::new(ErrorCode::Internal).into_response(),
        Err(_elapsed) => {
            tracing::warn!("the request took too long");
            Problem::unavailable(RETRY_AFTER_S).into_response()
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use axum::{Router, body::Body, middleware};
    use http::StatusCode;
    use tower::ServiceExt;

    use super::*;

    fn router(max_requests: u32, time_limit: Duration) -> Router {
        async fn panics() -> Response {
            panic!("a fault of ours")
        }
        Router::new()
            .route("/", get(|| async { "here" }))
            .route("/panics", get(panics))
            .route("/hangs", get(std::future::pending::<()>))
            .layer(middleware::from_fn_with_state(Capacity::new(max_requests, time_limit), bound))
    }

    async fn status(router: &Router, path: &str) -> StatusCode {
        let request = Request::get(path).body(Body::empty()).expect("a request");
        router.clone().oneshot(request).await.expect("infallible").status()
    }

    #[tokio::test]
    async fn a_panic_is_a_500_and_the_next_request_is_served() {
        let router = router(1, Duration::from_mins(1));
        assert_eq!(status(&router, "/panics").await, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(status(&router, "/").await, StatusCode::OK);
    }

    #[tokio::test]
    async fn a_request_that_hangs_is_ended() {
        assert_eq!(status(&router(1, Duration::from_millis(10)), "/hangs").await, StatusCode::SERVICE_UNAVAILABLE);
    }

    #[tokio::test]
    async fn over_capacity_is_a_quick_503() {
        let router = router(1, Duration::from_mins(1));
        let mut hanging = Box::pin(status(&router, "/hangs"));
        assert!(futures::poll!(&mut hanging).is_pending());
        assert_eq!(status(&router, "/").await, StatusCode::SERVICE_UNAVAILABLE);
        drop(hanging);
        assert_eq!(status(&router, "/").await, StatusCode::OK);
    }
}
