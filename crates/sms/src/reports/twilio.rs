//! Twilio: a form with `MessageSid` and `MessageStatus`, posted to the `StatusCallback` of the message. `X-Twilio-Signature` is the base64
//! HMAC-SHA1, keyed with the account's auth token, of the whole address followed by the names and values of the form in the order of
//! their names. It has no time in it; a report that is posted again changes nothing.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::delivery::{DeliveryStatus, Report, Subject};
use domain::ids::OutboxId;
use domain::secret::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use url::form_urlencoded;

use super::callback::Tokens;
use super::{Entry, Head, ReportError};

#[derive(Debug)]
pub(super) struct Proof {
    token: Secret<String>,
    /// Twilio signs the address with or without its port, and not always as it was given.
    urls: [String; 2],
    signature: Vec<u8>,
    message: Option<OutboxId>,
}

impl Proof {
    pub(super) fn of(token: Option<&Secret<String>>, head: Head<'_>) -> Result<Self, ReportError> {
        let token = token.ok_or(ReportError::Forbidden)?.clone();
        let signature = head.header("x-twilio-signature").and_then(|text| STANDARD.decode(text).ok());
        let signature = signature.ok_or(ReportError::Forbidden)?;
        let message = Tokens::of(&token).message(head)?;
        Ok(Self { token, urls: [head.url.to_owned(), other_port(head.url)], signature, message })
    }

    pub(super) fn check(&self, body: &[u8]) -> Result<(), ReportError> {
        let is_signed = |url: &String| mac(&self.token, url, body).verify_slice(&self.signature).is_ok();
        if self.urls.iter().any(is_signed) { Ok(()) } else { Err(ReportError::Forbidden) }
    }
}

pub(super) fn mac(token: &Secret<String>, url: &str, body: &[u8]) -> Hmac<Sha1> {
    let mut fields: Vec<_> = form_urlencoded::parse(body).collect();
    fields.sort_unstable();
    let mut mac = Hmac::<Sha1>::new_from_slice(token.expose().as_bytes()).expect("HMAC takes a key of any length");
    mac.update(url.as_bytes());
    for (name, value) in &fields {
        mac.update(name.as_bytes());
        mac.update(value.as_bytes());
    }
    mac
}

/// The same address without its port, or with the one of its scheme.
fn other_port(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let is_port = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match authority.rsplit_once(':').filter(|(_, port)| is_port(port)) {
        Some((host, _)) => format!("{scheme}://{host}{path}"),
        None => format!("{scheme}://{authority}:{}{path}", if scheme == "https" { 443 } else { 80 }),
    }
}

/// By our key when the address names the message: Twilio may have taken it twice, when the first answer was lost.
pub(super) fn read(entry: &Entry, proof: &Proof) -> Result<Option<Report>, ReportError> {
    let by_reference = entry.reference(&["MessageSid"])?;
    let subject = proof.message.map_or(by_reference, Subject::Key);
    Ok(entry.status(&["MessageStatus"], meaning)?.map(|status| Report { subject, status }))
}

fn meaning(word: &str) -> Option<DeliveryStatus> {
    Some(match word {
        "sent" => DeliveryStatus::Sent,
        "delivered" | "read" => DeliveryStatus::Delivered,
        "undelivered" | "failed" | "canceled" => DeliveryStatus::Undelivered,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_comes_and_goes() {
        for (url, other) in [
            ("https://salon.example/a/?b=c:1", "https://salon.example:443/a/?b=c:1"),
            ("https://salon.example:8443/a/", "https://salon.example/a/"),
            ("http://[::1]/a", "http://[::1]:80/a"),
            ("http://[::1]:3000/a", "http://[::1]/a"),
            ("https://salon.example", "https://salon.example:443"),
        ] {
            assert_eq!(other_port(url), other);
        }
    }
}
