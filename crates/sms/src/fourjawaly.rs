//! 4jawaly: JSON to `api/v1/account/area/sms/send`, with Basic authentication. Success is a `job_id`, and a 200 may still be a failure:
//! `messages[0]` then has `err_text`, or the number in `error_numbers` or in `no_package`.

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
pub struct FourJawaly {
    client: Client,
    url: Url,
    key: Secret<String>,
    secret: Secret<String>,
    sender: PerClass<SenderName>,
}

impl FourJawaly {
    /// Where 4jawaly says its API lives.
    pub const BASE: &str = "https://api-sms.4jawaly.com/";

    /// Carries with the API `key` and its `secret`, and gives a call `deadline` from beginning to end.
    ///
    /// # Errors
    /// [`ClientError`] when the machine's certificates cannot be read.
    pub fn new(
        base: &BaseUrl,
        key: Secret<String>,
        secret: Secret<String>,
        sender: PerClass<SenderName>,
        deadline: Duration,
    ) -> Result<Self, ClientError> {
        Ok(Self { client: client(deadline)?, url: base.join("api/v1/account/area/sms/send"), key, secret, sender })
    }

    /// Writes down its calls from now on.
    pub(crate) fn record(&mut self) -> Tape {
        let (key, secret) = (self.key.expose(), self.secret.expose());
        self.client.record([key.clone(), secret.clone(), format!("{key}:{secret}")])
    }

    pub(crate) async fn send(&self, message: &Message) -> Result<Option<String>, SmsError> {
        let body = json!({
            "messages": [{ "text": message.body, "numbers": [message.to_without_plus()], "sender": self.sender.of(message.class).as_str() }],
        });
        let request = self.client.post(self.url.clone()).basic_auth(self.key.expose(), Some(self.secret.expose())).json(&body);
        judge(&self.client.ask(request).await?)
    }
}

fn judge(answer: &Answer) -> Result<Option<String>, SmsError> {
    let body = answer.body()?;
    if !answer.status.is_success() {
        return Err(SmsError::Permanent(answer.note("")));
    }
    let message = &body["messages"][0];
    let is_there = |value: &Value| match value {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => true,
    };
    if is_there(&message["error_numbers"]) {
        return Err(SmsError::InvalidNumber(answer.note("number")));
    }
    if is_there(&message["no_package"]) {
        // Money: of another country perhaps, but money. It can be bought while the message is still good.
        return Err(SmsError::Temporary(answer.note("package")));
    }
    let code = number(&body["code"]);
    match code {
        Some(429) => return Err(SmsError::RateLimited(answer.note("429"))),
        Some(408 | 503) => return Err(SmsError::Temporary(answer.note("busy"))),
        Some(code @ 500..) => return Err(SmsError::Unknown(answer.note(&code.to_string()))),
        _ => {}
    }
    if is_there(&message["err_text"]) || number(&message["inserted_numbers"]) == Some(0) {
        return Err(SmsError::Permanent(answer.note("refused")));
    }
    match (code, reference(&body["job_id"])) {
        (None | Some(200..=299), Some(job)) => Ok(Some(job)),
        (Some(code @ 300..), _) => Err(SmsError::Permanent(answer.note(&code.to_string()))),
        _ => Err(unreadable()),
    }
}
