//! Who carries a message.

use domain::phone::PhoneNumber;
use thiserror::Error;

/// A text on its way out.
#[derive(Clone)]
pub struct Message {
    /// Idempotency key: the same for every try of the same outbox row.
    pub key: String,
    /// To whom.
    pub to: PhoneNumber,
    /// The words. May hold a code.
    pub body: String,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message").field("key", &self.key).field("to", &self.to).field("body", &"[redacted]").finish()
    }
}

/// Why a message was not taken. The text is for the log: it never holds the message.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SmsError {
    /// The provider says the number cannot receive.
    #[error("the number cannot receive messages: {0}")]
    InvalidNumber(String),
    /// The receiver or the provider has blocked this traffic.
    #[error("blocked: {0}")]
    Blocked(String),
    /// Too fast for the provider.
    #[error("rate limited: {0}")]
    RateLimited(String),
    /// Not now.
    #[error("temporary failure: {0}")]
    Temporary(String),
    /// Never.
    #[error("permanent failure: {0}")]
    Permanent(String),
}

impl SmsError {
    /// Whether trying again can help.
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::RateLimited(_) | Self::Temporary(_))
    }
}

/// The carriers there are.
#[derive(Clone, Debug)]
pub enum SmsSender {
    /// The development sink: the outbox row itself is the message, shown at `/dev/sms`.
    Outbox,
}

impl SmsSender {
    /// The name in the configuration and in the SMS log.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Outbox => "outbox",
        }
    }

    /// Whether messages stay here instead of going to a phone.
    pub const fn is_development_sink(&self) -> bool {
        match self {
            Self::Outbox => true,
        }
    }

    /// Hands a message over. Returns the provider's reference, when it gives one.
    ///
    /// # Errors
    /// See [`SmsError`].
    #[expect(clippy::unused_async, reason = "the carriers to come call out; the sink has nobody to wait for")]
    pub async fn send(&self, _message: &Message) -> Result<Option<String>, SmsError> {
        match self {
            Self::Outbox => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_does_not_print_its_words_or_its_number() {
        let to = PhoneNumber::from_canonical("+966501234567").expect("canonical");
        let message = Message { key: "k".into(), to, body: "123456 is your code".into() };
        let printed = format!("{message:?}");
        assert!(!printed.contains("123456") && !printed.contains("501234567"), "{printed}");
    }
}
