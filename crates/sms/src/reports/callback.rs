//! The address that a provider is given with each message: it names the message by our key and holds a token for that key alone, so that
//! an address that leaks is good for the reports of one message.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::OutboxId;
use domain::secret::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use url::{Url, form_urlencoded};

use super::{Head, ReportError, Reporter};
use crate::webhook::webhook_url;

/// Where reports of one provider go.
#[derive(Clone, Debug)]
pub(crate) struct Callback {
    url: Url,
    tokens: Tokens,
}

impl Callback {
    /// Below our public `origin`, with tokens derived from `secret`. `None` where reports could be read or forged on the way.
    pub(crate) fn new(origin: &str, reporter: Reporter, secret: &Secret<String>) -> Option<Self> {
        let url = webhook_url(&format!("{}/api/webhooks/sms/{}/", origin.trim_end_matches('/'), reporter.as_str())).ok()?;
        Some(Self { url, tokens: Tokens::of(secret) })
    }

    /// Whether a provider on the internet can be asked to call it: not an address of this machine.
    pub(crate) fn is_public(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// For the message with this key.
    pub(crate) fn url_for(&self, key: &str) -> String {
        let mut url = self.url.clone();
        url.query_pairs_mut().append_pair("message", key).append_pair("token", &self.tokens.token(key));
        url.into()
    }
}

/// The key of all tokens.
#[derive(Clone, Debug)]
pub(super) struct Tokens(Secret<[u8; 32]>);

impl Tokens {
    /// Derived, so that no token tells anything about the secret's other uses.
    pub(super) fn of(secret: &Secret<String>) -> Self {
        Self(Secret::new(mac(secret.expose().as_bytes(), b"delivery report").finalize().into_bytes().into()))
    }

    fn token(&self, key: &str) -> String {
        URL_SAFE_NO_PAD.encode(mac(self.0.expose(), key.as_bytes()).finalize().into_bytes())
    }

    /// Which message an address names. `None` when it names none; a name without its own token is refused.
    pub(super) fn message(&self, head: Head<'_>) -> Result<Option<OutboxId>, ReportError> {
        let value = |wanted: &str| {
            let mut pairs = form_urlencoded::parse(head.query().as_bytes());
            pairs.find(|(name, _)| name == wanted).map(|(_, value)| value.into_owned())
        };
        let Some(key) = value("message") else { return Ok(None) };
        let token = value("token").and_then(|token| URL_SAFE_NO_PAD.decode(token).ok()).ok_or(ReportError::Forbidden)?;
        mac(self.0.expose(), key.as_bytes()).verify_slice(&token).map_err(|_| ReportError::Forbidden)?;
        key.parse().map(Some).map_err(|_| ReportError::Forbidden)
    }
}

fn mac(key: &[u8], text: &[u8]) -> Hmac<Sha256> {
    Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length").chain_update(text)
}
