//! A provider reached by a signed POST: the operator's own gateway, or a few lines in front of any SMS service.
//!
//! The body is `{"id","to","body","locale","class"}`; `id` is the idempotency key, also in `Idempotency-Key`, so that the same message
//! may be tried again after an answer was lost. `Salon-Signature: v1=<hex>` is the HMAC-SHA256 of `<Salon-Timestamp>.<raw body>`.
//!
//! | answer | means |
//! |---|---|
//! | 2xx | taken; `{"id":"…"}` is the provider's reference |
//! | 4xx, or 2xx with `"error"` | `invalid_number` and `blocked` by name; `rate_limited` and `temporary` are tried again; anything else is final |
//! | 408, 429, 503, a redirect to another place, no connection | not taken; tried again |
//! | another 3xx or 5xx, no answer, a broken or over-long one | perhaps taken; tried again |

use std::fmt::{self, Write as _};
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::secret::Secret;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use serde::Serialize;
use serde_json::Value;
use sha2::Sha256;
use thiserror::Error;
use url::{Host, Url};

use crate::answer::{Answer, reference};
use crate::client::{Client, ClientError, client};
use crate::exchange::Tape;
use crate::message::Message;
use crate::sender::SmsError;

/// What is shorter than this in the query of an address is no key.
const SHORTEST_KEY: usize = 6;

/// Why an address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("must be https:// and a host, or http:// on this machine, without user and password")]
pub struct UrlError;

/// Reads the address of a webhook: codes leave this machine encrypted or not at all.
///
/// # Errors
/// [`UrlError`] for anything but `https`, `http` to a loopback address, and for credentials inside.
pub fn webhook_url(text: &str) -> Result<Url, UrlError> {
    let url = Url::parse(text).map_err(|_| UrlError)?;
    let is_here = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => return Err(UrlError),
    };
    let is_private = url.scheme() == "https" || (url.scheme() == "http" && is_here);
    if is_private && url.username().is_empty() && url.password().is_none() { Ok(url) } else { Err(UrlError) }
}

/// The carrier. Clones share its connections.
#[derive(Clone)]
pub struct Webhook {
    client: Client,
    url: Url,
    secret: Secret<String>,
}

impl fmt::Debug for Webhook {
    /// The address may hold a key of the provider's.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook").field("host", &self.url.host_str()).finish_non_exhaustive()
    }
}

#[derive(Serialize)]
struct Wire<'a> {
    id: &'a str,
    to: &'a str,
    body: &'a str,
    locale: &'a str,
    class: &'a str,
}

impl Webhook {
    /// Carries to `url` (see [`webhook_url`]), signs with `secret`, and gives a call `deadline` from beginning to end.
    ///
    /// # Errors
    /// [`ClientError`] when the machine's certificates cannot be read.
    pub fn new(url: Url, secret: Secret<String>, deadline: Duration) -> Result<Self, ClientError> {
        Ok(Self { client: client(deadline)?, url, secret })
    }

    /// Writes down its calls from now on.
    pub(crate) fn record(&mut self) -> Tape {
        // Providers like to have their keys in the address; a short piece of it would hide half the answer.
        let in_address = self.url.query_pairs().map(|(_, value)| value.into_owned()).filter(|value| value.len() >= SHORTEST_KEY);
        let secrets: Vec<String> = in_address.chain([self.secret.expose().clone()]).collect();
        self.client.record(secrets)
    }

    pub(crate) async fn send(&self, message: &Message, now: DateTime<Utc>) -> Result<Option<String>, SmsError> {
        let wire = Wire {
            id: &message.key,
            to: message.to.as_e164(),
            body: &message.body,
            locale: message.locale.as_str(),
            class: message.class.as_str(),
        };
        let body = serde_json::to_vec(&wire).map_err(|_| SmsError::Permanent("the message is not JSON".to_owned()))?;
        let timestamp = now.timestamp().to_string();
        let request = self
            .client
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header("Idempotency-Key", &message.key)
            .header("Salon-Signature", format!("v1={}", signature(&self.secret, &timestamp, &body)))
            .header("Salon-Timestamp", timestamp)
            .body(body);
        judge(&self.client.ask(request).await?)
    }
}

/// Of `<timestamp>.<body>`: what both sides sign.
pub(crate) fn mac(secret: &Secret<String>, timestamp: &str, body: &[u8]) -> Hmac<Sha256> {
    let mac = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).expect("HMAC takes a key of any length");
    mac.chain_update(timestamp).chain_update(b".").chain_update(body)
}

pub(crate) fn signature(secret: &Secret<String>, timestamp: &str, body: &[u8]) -> String {
    mac(secret, timestamp, body).finalize().into_bytes().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

fn judge(answer: &Answer) -> Result<Option<String>, SmsError> {
    let body = answer.body.as_ref().unwrap_or(&Value::Null);
    match body.get("error").filter(|error| !matches!(error, Value::Null | Value::Bool(false))) {
        None if answer.status.is_success() => Ok(body.get("id").and_then(reference)),
        error => Err(refusal(answer.status, error.and_then(Value::as_str).unwrap_or_default())),
    }
}

fn refusal(status: StatusCode, name: &str) -> SmsError {
    // A name we do not know might be a sentence that quotes the number.
    let is_name = name.len() <= 40 && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let text = if is_name && !name.is_empty() { format!("{status}, {name}") } else { status.to_string() };
    match name {
        "invalid_number" => SmsError::InvalidNumber(text),
        "blocked" => SmsError::Blocked(text),
        "rate_limited" => SmsError::RateLimited(text),
        "temporary" => SmsError::Temporary(text),
        _ => SmsError::Permanent(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_leave_the_machine_encrypted_or_not_at_all() {
        for good in ["https://sms.example/send?key=1", "http://127.0.0.1:9/x", "http://[::1]/", "http://localhost:8080"] {
            assert!(webhook_url(good).is_ok(), "{good}");
        }
        for bad in ["", "sms.example", "http://sms.example/", "http://10.0.0.1/", "http://localhost.example", "ftp://127.0.0.1/"]
        {
            assert_eq!(webhook_url(bad), Err(UrlError), "{bad}");
        }
        assert_eq!(webhook_url("https://user:word@sms.example/"), Err(UrlError));
        assert_eq!(webhook_url("https://user@sms.example/"), Err(UrlError));
    }

    #[test]
    fn the_signature_is_hmac_sha256_in_hex() {
        let url = webhook_url("https://sms.example/").expect("good");
        let webhook = Webhook::new(url, Secret::new("Jefe".into()), Duration::from_secs(1)).expect("a client");
        // Made with another library: Python's hmac.
        let expected = "563cca7abd54f48855c1c9484a5a2a001686eff21ce90de8ef9f8df772a78c46";
        assert_eq!(signature(&webhook.secret, "1800000000", b"{}"), expected);
        assert!(!format!("{webhook:?}").contains("Jefe"));
    }
}
