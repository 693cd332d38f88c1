//! Unifonic: a form to `rest/SMS/messages`. Its HTTP statuses are its own error codes (`ER-480` comes as 480, or inside a 200).
//!
//! | code | means |
//! |---|---|
//! | 410, 481, 482, 483 · 02 to 05 | the number is wrong, or nobody can reach it |
//! | 07 | the text was filtered |
//! | 409 · 09 | it has this message already: taken the first time, when the answer was lost |
//! | 01 | no money, or none for this country |
//! | 401, 402, 403, 440, 459, 480 · 08 and the rest | our account, our sender name, our request |

use std::time::Duration;

use domain::secret::Secret;
use serde_json::Value;
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
pub struct Unifonic {
    client: Client,
    url: Url,
    app_sid: Secret<String>,
    sender: PerClass<Option<SenderName>>,
}

impl Unifonic {
    /// Where Unifonic says its API lives.
    pub const BASE: &str = "https://el.cloud.unifonic.com/";

    /// Carries with the account's `app_sid`, under its default name when there is no `sender`, and gives a call `deadline` from
    /// beginning to end.
    ///
    /// # Errors
    /// [`ClientError`] when the machine's certificates cannot be read.
    pub fn new(
        base: &BaseUrl,
        app_sid: Secret<String>,
        sender: PerClass<Option<SenderName>>,
        deadline: Duration,
    ) -> Result<Self, ClientError> {
        Ok(Self { client: client(deadline)?, url: base.join("rest/SMS/messages"), app_sid, sender })
    }

    /// Writes down its calls from now on.
    pub(crate) fn record(&mut self) -> Tape {
        self.client.record([self.app_sid.expose().clone()])
    }

    pub(crate) async fn send(&self, message: &Message) -> Result<Option<String>, SmsError> {
        let mut form = vec![
            ("AppSid", self.app_sid.expose().as_str()),
            ("Recipient", message.to_without_plus()),
            ("Body", &message.body),
            ("responseType", "JSON"),
            // The same for every try of this message: a second one is answered 409.
            ("CorrelationID", &message.key),
        ];
        form.extend(self.sender.of(message.class).as_ref().map(|sender| ("SenderID", sender.as_str())));
        judge(&self.client.ask(self.client.post(self.url.clone()).form(&form)).await?)
    }
}

fn judge(answer: &Answer) -> Result<Option<String>, SmsError> {
    let body = answer.body()?;
    let code = body["errorCode"].as_str().and_then(|code| number(&Value::from(code.strip_prefix("ER-")?)));
    match (answer.status.is_success(), truth(&body["success"]), code) {
        (_, _, Some(code @ 1..)) => refusal(code, answer),
        (true, Some(true), _) => taken(answer, &body["data"]),
        (true, Some(false), None) => Err(SmsError::Permanent(answer.note(""))),
        (true, ..) => Err(unreadable()),
        (false, ..) => refusal(answer.status.as_u16().into(), answer),
    }
}

/// Sometimes it is the string.
fn truth(value: &Value) -> Option<bool> {
    value.as_bool().or_else(|| value.as_str()?.to_ascii_lowercase().parse().ok())
}

fn taken(answer: &Answer, data: &Value) -> Result<Option<String>, SmsError> {
    match data["Status"].as_str() {
        Some("Rejected" | "Failed") => Err(SmsError::Permanent(answer.note("rejected"))),
        _ => Ok(reference(&data["MessageID"])),
    }
}

fn refusal(code: u64, answer: &Answer) -> Result<Option<String>, SmsError> {
    let note = answer.note(&format!("ER-{code:02}"));
    Err(match code {
        409 | 9 => return Ok(None),
        410 | 481..=483 | 2..=5 => SmsError::InvalidNumber(note),
        7 => SmsError::Blocked(note),
        429 => SmsError::RateLimited(note),
        1 => SmsError::Temporary(note),
        500.. => SmsError::Unknown(note),
        _ => SmsError::Permanent(note),
    })
}
