//! One request.

use std::net::{IpAddr, SocketAddr};

use axum::Router;
use axum::body::{Body, to_bytes};
use http::{HeaderName, HeaderValue, Request, header, request};
use server::middleware::client_address::PeerAddress;
use tower::ServiceExt;

use super::Answer;

/// Built up word by word, then sent.
pub struct Call {
    router: Router,
    builder: request::Builder,
    what: (String, String),
    body: Body,
    peer: IpAddr,
}

impl Call {
    pub fn new(router: Router, method: &str, path: &str) -> Self {
        Self {
            router,
            builder: Request::builder().method(method).uri(path),
            what: (method.to_owned(), path.to_owned()),
            body: Body::empty(),
            peer: IpAddr::from([198, 51, 100, 1]),
        }
    }

    #[must_use]
    pub fn json(self, body: &serde_json::Value) -> Self {
        self.header("content-type", "application/json").body(body.to_string())
    }

    #[must_use]
    pub fn form(self, body: &str) -> Self {
        self.header("content-type", "application/x-www-form-urlencoded").body(body.to_owned())
    }

    #[must_use]
    pub fn body(mut self, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self
    }

    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a header name");
        self.builder = self.builder.header(name, HeaderValue::from_str(value).expect("a header value"));
        self
    }

    #[must_use]
    pub fn bearer(self, token: &str) -> Self {
        self.header(header::AUTHORIZATION.as_str(), &format!("Bearer {token}"))
    }

    /// From this address.
    #[must_use]
    pub fn from(mut self, address: &str) -> Self {
        self.peer = address.parse().expect("an address");
        self
    }

    pub async fn send(self) -> Answer {
        let mut request = self.builder.body(self.body).expect("a request");
        request.extensions_mut().insert(PeerAddress(SocketAddr::new(self.peer, 4711)));
        let response = self.router.oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("a whole body");
        Answer::new(&self.what.0, &self.what.1, parts.status, parts.headers, bytes.to_vec())
    }
}
