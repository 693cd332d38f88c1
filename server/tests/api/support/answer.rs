//! One answer. What must be true of every answer is checked here, the OpenAPI document included.

use std::sync::LazyLock;

use http::{HeaderMap, StatusCode};
use serde_json::Value;

static DOCUMENT: LazyLock<Value> = LazyLock::new(server::openapi::json);

#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// Null when it is not JSON.
    pub body: Value,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn new(method: &str, path: &str, status: StatusCode, headers: HeaderMap, bytes: Vec<u8>) -> Self {
        let is_json = headers.get("content-type").is_some_and(|value| value.to_str().is_ok_and(|text| text.contains("json")));
        let body = if is_json { serde_json::from_slice(&bytes).expect("JSON") } else { Value::Null };
        let answer = Self { status, headers, body, bytes };
        answer.has_what_every_answer_has();
        answer.is_documented(method, path);
        answer
    }

    /// It went well.
    #[track_caller]
    pub fn ok(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{}", self.body);
        self
    }

    /// It is this problem, with the status of its code.
    #[track_caller]
    pub fn problem(self, code: &str) -> Self {
        assert_eq!(self.body["code"], code, "{} {}", self.status, self.body);
        let known = domain::error::ErrorCode::parse(code).expect("a known code");
        assert_eq!(self.status.as_u16(), known.status());
        self
    }

    #[track_caller]
    pub fn text(&self, member: &str) -> String {
        self.body[member].as_str().unwrap_or_else(|| panic!("{member} in {}", self.body)).to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    pub fn html(&self) -> String {
        String::from_utf8(self.bytes.clone()).expect("UTF-8")
    }

    /// `name → (pointer, code)` of a validation problem.
    pub fn errors(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        let errors = self.body["errors"].as_array().expect("errors");
        errors.iter().map(|error| (text(&error["pointer"]), text(&error["code"]))).collect()
    }

    fn has_what_every_answer_has(&self) {
        assert_eq!(self.header("x-request-id").len(), 36);
        assert_eq!(self.header("x-content-type-options"), "nosniff");
        assert_eq!(self.header("referrer-policy"), "same-origin");
        assert_eq!(self.header("cross-origin-opener-policy"), "same-origin");
        assert!(self.header("content-security-policy").contains("frame-ancestors 'none'"));
        assert!(!self.header("cache-control").is_empty());
        for name in ["x-request-id", "content-security-policy", "cache-control", "content-type"] {
            assert!(self.headers.get_all(name).iter().count() <= 1, "{name} stands there once");
        }
        if self.header("content-type") == "application/problem+json" {
            assert_eq!(self.body["request_id"], self.header("x-request-id"));
            assert_eq!(self.body["status"], self.status.as_u16());
            assert_eq!(self.body["type"], format!("/problems/{}", self.body["code"].as_str().expect("a code")));
            assert!(self.body["title"].as_str().is_some_and(|title| !title.is_empty()));
            assert!(self.body["detail"].as_str().is_some_and(|detail| !detail.is_empty()));
            assert_eq!(self.header("cache-control"), "no-store");
        }
        if self.status == StatusCode::UNAUTHORIZED {
            assert!(self.header("www-authenticate").starts_with("Bearer realm="));
        }
        if matches!(self.status.as_u16(), 429 | 503) {
            assert!(self.header("retry-after").parse::<u64>().expect("whole seconds") > 0);
        }
    }

    /// A documented endpoint answers nothing that the document does not say.
    fn is_documented(&self, method: &str, path: &str) {
        let path = path.split('?').next().unwrap_or(path);
        if path.ends_with("//") {
            return;
        }
        let with_slash = format!("{}/", path.trim_end_matches('/'));
        let paths = DOCUMENT["paths"].as_object().expect("paths");
        let same = |template: &str, path: &str| {
            let (a, b): (Vec<_>, Vec<_>) = (template.split('/').collect(), path.split('/').collect());
            a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a == b || a.starts_with('{'))
        };
        let find =
            |path: &str| paths.get(path).or_else(|| paths.iter().find(|(template, _)| same(template, path)).map(|found| found.1));
        let Some(item) = find(path).or_else(|| find(&with_slash)) else { return };
        let operation = &item[method.to_lowercase()];
        if operation.is_null() {
            return;
        }
        let documented = &operation["responses"][self.status.as_str()];
        assert!(documented.is_object(), "{method} {path} answers {} and the document does not say so", self.status);
        if self.header("content-type") == "application/problem+json" {
            let codes = documented["x-problem-codes"].as_array().expect("codes");
            assert!(
                codes.contains(&self.body["code"]),
                "{method} {path} answers {} and the document does not say so",
                self.body["code"]
            );
        }
    }
}
