//! Signatures as providers make them, for tests of the crates above.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::secret::Secret;
use hmac::Mac;

/// `X-Twilio-Signature` of a form posted to `url`.
pub fn twilio(token: &str, url: &str, form: &str) -> String {
    STANDARD.encode(super::twilio::mac(&Secret::new(token.to_owned()), url, form.as_bytes()).finalize().into_bytes())
}

/// `Salon-Signature` of a body.
pub fn webhook(secret: &str, timestamp: &str, body: &str) -> String {
    format!("v1={}", crate::webhook::signature(&Secret::new(secret.to_owned()), timestamp, body.as_bytes()))
}
