//! Writes from a browser come from our own pages or not at all (security rule 10).

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::error::ErrorCode;
use http::{HeaderMap, Method, header};

use crate::problem::Problem;

/// Lies around the pages alone: the JSON door knows no cookies.
pub async fn same_origin(State(public_origin): State<Arc<str>>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || is_same_origin(request.headers(), &public_origin) {
        next.run(request).await
    } else {
        Problem::new(ErrorCode::Forbidden).into_response()
    }
}

fn is_same_origin(headers: &HeaderMap, public_origin: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or(""));
    if let Some(site) = text("sec-fetch-site") {
        // `none` is the person themselves: an address bar, a reload.
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text("origin") else { return false };
    // A browser sets `Host` itself, so an origin that names the same host is ours even when the public URL is not configured.
    origin == public_origin || text(header::HOST.as_str()).is_some_and(|host| is_same_host(origin, host))
}

fn is_same_host(origin: &str, host: &str) -> bool {
    origin
        .split_once("://")
        .is_some_and(|(scheme, authority)| matches!(scheme, "http" | "https") && authority.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn passes(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers =
            pairs.iter().map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value))).collect();
        is_same_origin(&headers, "https://salon.example")
    }

    #[test]
    fn our_own_pages_may_write() {
        assert!(passes(&[("sec-fetch-site", "same-origin")]));
        assert!(passes(&[("sec-fetch-site", "none")]));
        assert!(passes(&[("origin", "https://salon.example")]));
        assert!(passes(&[("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000")]));
    }

    #[test]
    fn nobody_else_may() {
        for site in ["cross-site", "same-site", ""] {
            assert!(!passes(&[("sec-fetch-site", site), ("origin", "https://salon.example")]), "{site}");
        }
        for origin in ["null", "https://evil.example", "https://salon.example.evil.example", "http://salon.example", ""] {
            assert!(!passes(&[("origin", origin), ("host", "salon.example:443")]), "{origin}");
        }
        assert!(!passes(&[]));
        assert!(!passes(&[("host", "salon.example")]));
        assert!(!passes(&[("referer", "https://salon.example/login")]));
    }
}
