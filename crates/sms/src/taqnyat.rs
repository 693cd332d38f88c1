//! Taqnyat: JSON to `v1/messages`, with a bearer token. Success is 201 with `messageId`; `accepted` and `rejected` list the recipients
//! in a string (`"[966…,]"`). An error has `statusCode` and `message`; what it is about has to be read from the words.

use std::time::Duration;

use domain::secret::Secret;
use serde_json::{Value, json};
use url::Url;

use crate::answer::{Answer, number, reference, unreadable};
use crate::base_url::BaseUrl;
use crate::client::{Client, ClientError, client};
use crate::exchange::Tape;
use crate::message::{Message, PerClass};
use crate::sender::SmsError;
use crate::sender_name::SenderName;

/// The carrier. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Taqnyat {
    client: Client,
    url: Url,
    token: Secret<String>,
    sender: PerClass<SenderName>,
}

impl Taqnyat {
    /// Where Taqnyat says its API lives.
    pub const BASE: &str = "https://api.taqnyat.sa/";

    /// Carries with the bearer `token` of an SMS application, and gives a call `deadline` from beginning to end.
    ///
    /// # Errors
    /// [`ClientError`] when the machine's certificates cannot be read.
    pub fn new(
        base: &BaseUrl,
        token: Secret<String>,
        sender: PerClass<SenderName>,
        deadline: Duration,
    ) -> Result<Self, ClientError> {
        Ok(Self { client: client(deadline)?, url: base.join("v1/messages"), token, sender })
    }

    /// Writes down its calls from now on.
    pub(crate) fn record(&mut self) -> Tape {
        self.client.record([self.token.expose().clone()])
    }

    pub(crate) async fn send(&self, message: &Message) -> Result<Option<String>, SmsError> {
        let body = json!({ "recipients": [message.to_without_plus()], "body": message.body, "sender": self.sender.of(message.class).as_str() });
        judge(&self.client.ask(self.client.post(self.url.clone()).bearer_auth(self.token.expose()).json(&body)).await?)
    }
}

fn judge(answer: &Answer) -> Result<Option<String>, SmsError> {
    let body = answer.body()?;
    let inside = number(&body["statusCode"]);
    let status = u64::from(answer.status.as_u16());
    match (answer.status.is_success(), inside) {
        (true, Some(200..=299)) => taken(answer, body),
        (true, None) if reference(&body["messageId"]).is_some() => taken(answer, body),
        (true, None) => Err(unreadable()),
        (true, Some(code)) | (false, Some(code @ 400..)) => Err(refusal(code, answer, body)),
        (false, _) => Err(refusal(status, answer, body)),
    }
}

fn taken(answer: &Answer, body: &Value) -> Result<Option<String>, SmsError> {
    if has_number(&body["rejected"]) && !has_number(&body["accepted"]) {
        return Err(SmsError::InvalidNumber(answer.note("rejected")));
    }
    Ok(reference(&body["messageId"]))
}

/// A list, or a list in a string.
fn has_number(list: &Value) -> bool {
    match list {
        Value::Array(list) => !list.is_empty(),
        Value::String(list) => list.bytes().any(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

fn refusal(code: u64, answer: &Answer, body: &Value) -> SmsError {
    let note = answer.note(&code.to_string());
    let words = body["message"].as_str().unwrap_or_default().to_lowercase();
    match code {
        429 => SmsError::RateLimited(note),
        408 | 503 => SmsError::Temporary(note),
        500.. => SmsError::Unknown(note),
        400 if words.contains("recipient") => SmsError::InvalidNumber(note),
        400 | 402 if words.contains("balance") || words.contains("credit") => SmsError::Temporary(note),
        _ => SmsError::Permanent(note),
    }
}
