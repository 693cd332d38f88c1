//! Request bodies end at 64 kB, those of webhooks at 1 MB, and all at the body deadline, whoever reads them.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::error::ErrorCode;
use http::{HeaderValue, header};
use hyper::body::{Frame, SizeHint};
use thiserror::Error;
use tokio::time::Sleep;

use crate::problem::Problem;

/// Most bytes of a body (security §2).
pub const MAX_BYTES: u64 = 64 * 1024;
/// Where providers post many reports at once (security rule 16). What is behind it knows who they are before it reads.
const WEBHOOKS: &str = "/api/webhooks/";
const MAX_WEBHOOK_BYTES: u64 = 1024 * 1024;

/// Why a body could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BodyFault {
    #[error("the body is too large")]
    TooLarge,
    #[error("the body did not come in time")]
    TooSlow,
    #[error("the body broke off")]
    Broken,
}

/// A body with an end to its size and its time.
struct Guarded {
    inner: Body,
    left: u64,
    deadline: Pin<Box<Sleep>>,
}

impl HttpBody for Guarded {
    type Data = Bytes;
    type Error = BodyFault;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyFault>>> {
        match Pin::new(&mut self.inner).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => {
                let size = frame.data_ref().map_or(0, |data| data.len() as u64);
                Poll::Ready(Some(match self.left.checked_sub(size) {
                    Some(left) => {
                        self.left = left;
                        Ok(frame)
                    }
                    None => Err(BodyFault::TooLarge),
                }))
            }
            Poll::Ready(Some(Err(_))) => Poll::Ready(Some(Err(BodyFault::Broken))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => self.deadline.as_mut().poll(context).map(|()| Some(Err(BodyFault::TooSlow))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

pub async fn guard(State(deadline): State<Duration>, request: Request, next: Next) -> Response {
    let most = if request.uri().path().starts_with(WEBHOOKS) { MAX_WEBHOOK_BYTES } else { MAX_BYTES };
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|bytes| bytes > most) {
        // The body is still on its way and nobody will read it.
        return Problem::new(ErrorCode::PayloadTooLarge)
            .with_header(header::CONNECTION, HeaderValue::from_static("close"))
            .into_response();
    }
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let guarded = |inner| Body::new(Guarded { inner, left: most, deadline: Box::pin(tokio::time::sleep(deadline)) });
    next.run(request.map(guarded)).await
}
