//! One call of the JSON API, its answer held against the contract.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use crate::journal::Journal;

/// Longer than any limit of the server's.
const PATIENCE: Duration = Duration::from_secs(20);

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// A code.
    Request,
    /// To sign in.
    Verify,
    /// A new pair of tokens.
    Refresh,
    /// Who am I.
    Me,
    /// The end of the session.
    LogOut,
}

impl Op {
    const fn path(self) -> &'static str {
        match self {
            Self::Request => "/api/auth/phone/request/",
            Self::Verify => "/api/auth/phone/verify/",
            Self::Refresh => "/api/auth/token/refresh/",
            Self::Me => "/api/me/",
            Self::LogOut => "/api/auth/logout/",
        }
    }

    const fn good(self) -> u16 {
        match self {
            Self::Request => 202,
            Self::LogOut => 204,
            Self::Verify | Self::Refresh | Self::Me => 200,
        }
    }

    /// Refusals that the contract knows beside 429 and 503.
    const fn refusals(self) -> &'static [(u16, &'static str)] {
        match self {
            Self::Request => &[(428, "proof-required")],
            Self::Verify => &[(422, "invalid-code"), (404, "challenge-not-found")],
            Self::Refresh | Self::Me | Self::LogOut => &[(401, "unauthenticated"), (401, "session-ended")],
        }
    }
}

/// What came back.
#[derive(Clone)]
pub enum Answer {
    /// What was asked for.
    Good(Value),
    /// A documented no, with the stable name of its reason.
    No(u16, String),
    /// 503: later.
    Later,
    /// Nothing, or nothing that can be read. What happened is unknown.
    Lost,
}

impl std::fmt::Debug for Answer {
    /// Without the tokens in it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Good(_) => f.write_str("Good"),
            Self::No(status, code) => write!(f, "No({status}, {code})"),
            Self::Later => f.write_str("Later"),
            Self::Lost => f.write_str("Lost"),
        }
    }
}

impl Answer {
    /// Whether the server may have done it without our knowing. A 503 may stand for a commit whose answer was lost.
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::Later | Self::Lost)
    }
}

/// Who calls: a client address of its own, as a proxy would name it.
pub struct Caller {
    /// Shared by all.
    pub http: reqwest::Client,
    /// Shared by all.
    pub journal: Arc<Journal>,
    /// Goes into `X-Forwarded-For`.
    pub address: String,
}

impl Caller {
    /// Calls one process.
    pub async fn call(&self, base: &str, op: Op, body: Option<Value>, bearer: Option<&str>) -> Answer {
        let method = if op == Op::Me { Method::GET } else { Method::POST };
        let mut request = self.http.request(method, format!("{base}{}", op.path())).timeout(PATIENCE);
        request = request.header("X-Forwarded-For", &self.address);
        if let Some(body) = body {
            request = request.json(&body);
        }
        if let Some(token) = bearer {
            request = request.bearer_auth(token);
        }
        let was_tolerant = self.journal.is_tolerant();
        let started = Instant::now();
        let answer = self.judge(op, request).await;
        match &answer {
            Ok(Answer::Later) => self.journal.turn_away(),
            Ok(Answer::Lost) => {}
            Ok(_) => {
                self.journal.acknowledge();
                if op == Op::Request {
                    self.journal.took(started.elapsed());
                }
            }
            Err(reason) => {
                self.journal.lose();
                if !was_tolerant && !self.journal.is_tolerant() {
                    self.journal.violate(format!("{} was not answered: {reason}", op.path()));
                }
            }
        }
        answer.unwrap_or(Answer::Lost)
    }

    /// `Err`: no answer.
    async fn judge(&self, op: Op, request: RequestBuilder) -> Result<Answer, String> {
        let response = request.send().await.map_err(|error| chain(&error))?;
        let status = response.status().as_u16();
        let has_retry_after =
            response.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse::<u64>().ok()).is_some();
        let bytes = response.bytes().await.map_err(|error| chain(&error))?;
        let wrong = |what: &str| {
            self.journal.violate(format!("{} answered {status}: {what}", op.path()));
            Ok(Answer::Lost)
        };
        if matches!(status, 429 | 503) && !has_retry_after {
            return wrong("no Retry-After");
        }
        if status == 503 {
            return Ok(Answer::Later);
        }
        if status == 204 && op.good() == 204 {
            return Ok(Answer::Good(Value::Null));
        }
        let Ok(body) = serde_json::from_slice::<Value>(&bytes) else { return wrong("a body that is not JSON") };
        if status == op.good() {
            return Ok(Answer::Good(body));
        }
        let code = body["code"].as_str().unwrap_or_default().to_owned();
        let is_known = (status, code.as_str()) == (429, "quota-exceeded") || op.refusals().contains(&(status, code.as_str()));
        if is_known { Ok(Answer::No(status, code)) } else { wrong(&format!("`{code}`, request {}", body["request_id"])) }
    }
}

/// An error with its causes: reqwest's own text stops at the first.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text = format!("{text}: {inner}");
        source = inner.source();
    }
    text
}
