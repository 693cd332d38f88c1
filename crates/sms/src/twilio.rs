//! Twilio: a form to `2010-04-01/Accounts/{sid}/Messages.json`, with Basic authentication, the number in E.164.
//! Success is 201 with `sid`; an error is a 4xx with `code`, or a message that comes back as `failed` with `error_code`.
//!
//! | code | means |
//! |---|---|
//! | 21211, 21217, 21614, 30005, 30006 | not a mobile number, or nobody there |
//! | 21408, 21610, 21612, 30004, 30007 | the country is switched off, the receiver opted out, no route, filtered |
//! | 20429, 21611, 63038 | too fast, the queue is full, the day's limit |
//! | 30001, 30002 | not now, or not on this account now |
//! | 20003, 21212, 21603, 21606 and the rest | our account, our sender, our request |

use std::time::Duration;

use domain::secret::Secret;
use serde_json::Value;
use thiserror::Error;
use url::Url;

use crate::answer::{Answer, number, reference, unreadable};
use crate::base_url::BaseUrl;
use crate::client::{Client, ClientError, client};
use crate::exchange::Tape;
use crate::message::{Message, PerClass};
use crate::reports::{Callback, Reporter};
use crate::sender::SmsError;
use crate::sender_name::SenderName;

/// Who a message comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TwilioFrom {
    /// A number of the account, or a registered name.
    Sender(String),
    /// A messaging service, which chooses.
    Service(String),
}

/// Why an origin is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "must be a number of the account (+…), a messaging service (MG and 32 hex digits), or a sender name of at most 11 characters"
)]
pub struct TwilioFromError;

impl TwilioFrom {
    /// Reads it.
    ///
    /// # Errors
    /// [`TwilioFromError`] for what is none of the three.
    pub fn parse(text: &str) -> Result<Self, TwilioFromError> {
        let is_number = |rest: &str| (7..=15).contains(&rest.len()) && rest.bytes().all(|byte| byte.is_ascii_digit());
        if text.strip_prefix("MG").is_some_and(is_hex_32) {
            Ok(Self::Service(text.to_owned()))
        } else if text.strip_prefix('+').is_some_and(is_number) || SenderName::parse(text).is_ok() {
            Ok(Self::Sender(text.to_owned()))
        } else {
            Err(TwilioFromError)
        }
    }
}

fn is_hex_32(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The carrier. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Twilio {
    client: Client,
    url: Url,
    account: String,
    token: Secret<String>,
    from: PerClass<TwilioFrom>,
    callback: Option<Callback>,
}

impl Twilio {
    /// Where Twilio says its API lives.
    pub const BASE: &str = "https://api.twilio.com/";

    /// Whether a text is the SID of an account: it becomes part of an address.
    pub fn is_account(text: &str) -> bool {
        text.strip_prefix("AC").is_some_and(is_hex_32)
    }

    /// Carries for the `account` (see [`Self::is_account`]) with its `token`, and gives a call `deadline` from beginning to end.
    ///
    /// # Errors
    /// [`ClientError`] when the machine's certificates cannot be read.
    pub fn new(
        base: &BaseUrl,
        account: String,
        token: Secret<String>,
        from: PerClass<TwilioFrom>,
        deadline: Duration,
    ) -> Result<Self, ClientError> {
        let url = base.join(&format!("2010-04-01/Accounts/{account}/Messages.json"));
        Ok(Self { client: client(deadline)?, url, account, token, from, callback: None })
    }

    /// Asks for a report on every message, to be posted below `origin`, the public address of this Salon. Does not where it could be
    /// read on the way, and asks nobody on the internet to call this machine by its own name for itself.
    #[must_use]
    pub fn reporting_to(mut self, origin: &str) -> Self {
        let is_here = self.url.scheme() == "http";
        let callback = Callback::new(origin, Reporter::Twilio, &self.token);
        self.callback = callback.filter(|callback| callback.is_public() || is_here);
        self
    }

    /// Writes down its calls from now on.
    pub(crate) fn record(&mut self) -> Tape {
        let (account, token) = (&self.account, self.token.expose());
        self.client.record([account.clone(), token.clone(), format!("{account}:{token}")])
    }

    pub(crate) async fn send(&self, message: &Message) -> Result<Option<String>, SmsError> {
        let from = match self.from.of(message.class) {
            TwilioFrom::Sender(sender) => ("From", sender.as_str()),
            TwilioFrom::Service(service) => ("MessagingServiceSid", service.as_str()),
        };
        let callback = self.callback.as_ref().map(|callback| callback.url_for(&message.key));
        let mut form = vec![("To", message.to.as_e164()), from, ("Body", &message.body)];
        form.extend(callback.as_deref().map(|url| ("StatusCallback", url)));
        let request = self.client.post(self.url.clone()).basic_auth(&self.account, Some(self.token.expose())).form(&form);
        judge(&self.client.ask(request).await?)
    }
}

fn judge(answer: &Answer) -> Result<Option<String>, SmsError> {
    let body = answer.body()?;
    if !answer.status.is_success() {
        return Err(refusal(&body["code"], answer));
    }
    match (body["status"].as_str(), reference(&body["sid"])) {
        (Some("failed" | "undelivered" | "canceled"), _) => Err(refusal(&body["error_code"], answer)),
        (_, Some(sid)) => Ok(Some(sid)),
        _ => Err(unreadable()),
    }
}

fn refusal(code: &Value, answer: &Answer) -> SmsError {
    let code = number(code).unwrap_or_default();
    let note = answer.note(&if code == 0 { String::new() } else { code.to_string() });
    match code {
        21211 | 21217 | 21614 | 30005 | 30006 => SmsError::InvalidNumber(note),
        21408 | 21610 | 21612 | 30004 | 30007 => SmsError::Blocked(note),
        20429 | 21611 | 63038 => SmsError::RateLimited(note),
        30001 | 30002 => SmsError::Temporary(note),
        _ => SmsError::Permanent(note),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_number_a_service_or_a_name() {
        let service = "MG0123456789abcdef0123456789abcdef";
        assert_eq!(TwilioFrom::parse(service), Ok(TwilioFrom::Service(service.to_owned())));
        assert_eq!(TwilioFrom::parse("+15005550006"), Ok(TwilioFrom::Sender("+15005550006".to_owned())));
        assert_eq!(TwilioFrom::parse("Salon"), Ok(TwilioFrom::Sender("Salon".to_owned())));
        for bad in ["", "+", "15005550006", "MG0123456789abcdef", "Salon-AD", "صالون"] {
            assert_eq!(TwilioFrom::parse(bad), Err(TwilioFromError), "{bad}");
        }
    }

    #[test]
    fn an_account_is_no_path() {
        assert!(Twilio::is_account("AC0123456789abcdef0123456789abcdef"));
        assert!(!Twilio::is_account("AC/../../evil") && !Twilio::is_account(""));
    }
}
