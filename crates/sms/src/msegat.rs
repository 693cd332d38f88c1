//! Msegat: JSON to `gw/sendsms.php`, with the credentials in the body. It answers 200 to everything; `code` says what happened.
//!
//! | code | means |
//! |---|---|
//! | `1`, `M0000` | taken; `id` is the reference |
//! | `1120` | the number is wrong |
//! | `1061` | it has this message already: taken the first time, when the answer was lost |
//! | `1060` | no money |
//! | `M0001` `M0002` `1010` `1020` `1050` `1064` `1110` `1140` and the rest | our account, our sender name, our request |

use std::time::Duration;

use domain::secret::Secret;
use serde_json::{Value, json};
use url::Url;

use crate::answer::{Answer, reference, unreadable};
use crate::base_url::BaseUrl;
use crate::client::{Client, ClientError, client};
use crate::exchange::Tape;
use crate::message::{Message, PerClass};
use crate::sender::SmsError;
use crate::sender_name::SenderName;

/// The carrier. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Msegat {
    client: Client,
    url: Url,
    user: String,
    key: Secret<String>,
    sender: PerClass<SenderName>,
}

impl Msegat {
    /// Where Msegat says its API lives.
    pub const BASE: &str = "https://www.msegat.com/";

    /// Carries for the account `user` with its API `key`, and gives a call `deadline` from beginning to end.
    ///
    /// # Errors
    /// [`ClientError`] when the machine's certificates cannot be read.
    pub fn new(
        base: &BaseUrl,
        user: String,
        key: Secret<String>,
        sender: PerClass<SenderName>,
        deadline: Duration,
    ) -> Result<Self, ClientError> {
        Ok(Self { client: client(deadline)?, url: base.join("gw/sendsms.php"), user, key, sender })
    }

    /// Writes down its calls from now on.
    pub(crate) fn record(&mut self) -> Tape {
        self.client.record([self.user.clone(), self.key.expose().clone()])
    }

    pub(crate) async fn send(&self, message: &Message) -> Result<Option<String>, SmsError> {
        let body = json!({
            "userName": self.user,
            "apiKey": self.key.expose(),
            "numbers": message.to_without_plus(),
            "userSender": self.sender.of(message.class).as_str(),
            "msg": message.body,
            "msgEncoding": "UTF8",
        });
        judge(&self.client.ask(self.client.post(self.url.clone()).json(&body)).await?)
    }
}

fn judge(answer: &Answer) -> Result<Option<String>, SmsError> {
    let body = answer.body()?;
    let code = match &body["code"] {
        Value::String(code) => code.trim().to_owned(),
        Value::Number(code) => code.to_string(),
        _ => String::new(),
    };
    let note = answer.note(&code);
    Err(match code.as_str() {
        "" if answer.status.is_success() => unreadable(),
        "1" | "M0000" if answer.status.is_success() => return Ok(reference(&body["id"])),
        "1061" => return Ok(None),
        "1120" => SmsError::InvalidNumber(note),
        "1060" => SmsError::Temporary(note),
        _ => SmsError::Permanent(note),
    })
}
