//! One call to a provider: what came back, and how sure we are that nothing was taken.

use std::error::Error as _;

use reqwest::{RequestBuilder, Response, StatusCode};
use serde_json::Value;

use crate::client::Client;
use crate::exchange::Tape;
use crate::sender::SmsError;

/// Most bytes of an answer.
pub(crate) const MAX_ANSWER: usize = 64 * 1024;
/// Most characters of a reference or of a cause that are kept.
const MAX_KEPT: usize = 200;

static NULL: Value = Value::Null;

/// A whole answer that its provider's adapter has to judge: 2xx, or a 4xx that is not the same for everybody.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    /// Nothing when it is not JSON, or when a refusal broke off.
    pub(crate) body: Option<Value>,
}

impl Answer {
    /// The body to look into. A refusal may have none and is one all the same; without it, a 2xx says nothing.
    pub(crate) fn body(&self) -> Result<&Value, SmsError> {
        match &self.body {
            Some(body @ Value::Object(_)) => Ok(body),
            _ if self.status.is_success() => Err(unreadable()),
            _ => Ok(&NULL),
        }
    }

    /// For the log: the status and the provider's code. Never its words: they may quote the message, the number or a password.
    pub(crate) fn note(&self, code: &str) -> String {
        let status = self.status.as_u16();
        let is_code =
            !code.is_empty() && code.len() <= 12 && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if is_code { format!("{status}, code {code}") } else { status.to_string() }
    }
}

/// A 2xx from which nobody can tell whether the message was taken.
pub(crate) fn unreadable() -> SmsError {
    SmsError::Unknown("the answer cannot be read".to_owned())
}

impl Client {
    /// Sends a request and reads its answer. What means the same at every provider ends here: no connection, no answer, 3xx, 408, 429,
    /// 5xx.
    pub(crate) async fn ask(&self, request: RequestBuilder) -> Result<Answer, SmsError> {
        let answer = self.call(request).await;
        if let Some(tape) = &self.tape {
            tape.end();
        }
        answer
    }

    async fn call(&self, request: RequestBuilder) -> Result<Answer, SmsError> {
        let tape = self.tape.as_ref();
        let (http, request) = request.build_split();
        let request = request.map_err(no_answer)?;
        if let Some(tape) = tape {
            tape.request(&request);
        }
        let response = http.execute(request).await.map_err(no_answer)?;
        let status = response.status();
        if let Some(tape) = tape {
            tape.head(&response);
        }
        let error = match status.as_u16() {
            200..=299 => return Ok(Answer { status, body: serde_json::from_slice(&read(response, tape).await?).ok() }),
            429 => SmsError::RateLimited(status.to_string()),
            // 503 says "not now". Any other 5xx may come from in front of, or from behind, the place where the message was taken.
            // These redirects say "not here"; after a POST the others may well mean "done, look there".
            301 | 307 | 308 | 408 | 503 => SmsError::Temporary(status.to_string()),
            400..=499 => {
                let body = read(response, tape).await.ok().and_then(|body| serde_json::from_slice(&body).ok());
                return Ok(Answer { status, body });
            }
            _ => SmsError::Unknown(status.to_string()),
        };
        if tape.is_some() {
            // It changes nothing any more, but somebody wants to see it.
            let _ = read(response, tape).await;
        }
        Err(error)
    }
}

async fn read(mut response: Response, tape: Option<&Tape>) -> Result<Vec<u8>, SmsError> {
    let mut answer = Vec::new();
    let whole = loop {
        match response.chunk().await {
            Ok(Some(chunk)) => answer.extend_from_slice(&chunk),
            Ok(None) => break Ok(()),
            Err(error) => break Err(no_answer(error)),
        }
        if answer.len() > MAX_ANSWER {
            break Err(SmsError::Unknown(format!("the answer is longer than {MAX_ANSWER} bytes")));
        }
    };
    if let Some(tape) = tape {
        tape.body(&answer, whole.is_ok());
    }
    whole.map(|()| answer)
}

/// What happened on the way, without the address: that may hold a key. A request's errors never quote its body.
fn no_answer(error: reqwest::Error) -> SmsError {
    if error.is_builder() {
        SmsError::Permanent(causes(error))
    } else if error.is_connect() {
        SmsError::Temporary(causes(error))
    } else if error.is_timeout() {
        SmsError::Unknown("no whole answer in time".to_owned())
    } else {
        SmsError::Unknown(causes(error))
    }
}

fn causes(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text.chars().take(MAX_KEPT).collect()
}

/// The provider's reference, if it is something to look up: short and printable.
pub(crate) fn reference(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty() && text.len() <= MAX_KEPT && text.bytes().all(|byte| byte.is_ascii_graphic())).then_some(text)
}

/// A number that some providers write as a string.
pub(crate) fn number(value: &Value) -> Option<u64> {
    value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())
}
