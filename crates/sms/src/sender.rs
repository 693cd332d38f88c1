//! Who carries a message.

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::file::FileSink;
use crate::fourjawaly::FourJawaly;
use crate::message::Message;
use crate::msegat::Msegat;
use crate::taqnyat::Taqnyat;
use crate::twilio::Twilio;
use crate::unifonic::Unifonic;
use crate::webhook::Webhook;
use crate::{log, magic};

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
    /// It may have been taken: the answer did not come, broke off, or cannot be read. All the others are certain refusals.
    #[error("no telling whether it was taken: {0}")]
    Unknown(String),
}

impl SmsError {
    /// Whether trying again with the same carrier can help. It carries the same key and the same code; see
    /// [`SmsSender::knows_repeats`] for what becomes of a message that had been taken after all.
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::RateLimited(_) | Self::Temporary(_) | Self::Unknown(_))
    }

    /// Whether another carrier may be tried: this one has certainly not taken it, and the reason is not the number's own
    /// (people-and-phones.md §4: never after a possible acceptance; docs/adr/0013).
    pub const fn allows_another_carrier(&self) -> bool {
        matches!(self, Self::RateLimited(_) | Self::Temporary(_) | Self::Permanent(_))
    }
}

/// The carriers there are.
#[derive(Clone, Debug)]
pub enum SmsSender {
    /// The development sink: the outbox row itself is the message, shown at `/dev/sms`.
    Outbox,
    /// For development: a line in the log, without the words.
    Log,
    /// For development: a line in a file, words and all.
    File(FileSink),
    /// A signed POST to an address of the operator's choice.
    Webhook(Webhook),
    /// Unifonic.
    Unifonic(Unifonic),
    /// Taqnyat.
    Taqnyat(Taqnyat),
    /// Msegat.
    Msegat(Msegat),
    /// 4jawaly.
    FourJawaly(FourJawaly),
    /// Twilio.
    Twilio(Twilio),
}

impl SmsSender {
    /// The name in the configuration and in the SMS log.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Outbox => "outbox",
            Self::Log => "log",
            Self::File(_) => "file",
            Self::Webhook(_) => "webhook",
            Self::Unifonic(_) => "unifonic",
            Self::Taqnyat(_) => "taqnyat",
            Self::Msegat(_) => "msegat",
            Self::FourJawaly(_) => "4jawaly",
            Self::Twilio(_) => "twilio",
        }
    }

    /// Whether messages stay here instead of going to a phone.
    pub const fn is_development_sink(&self) -> bool {
        match self {
            Self::Outbox | Self::Log | Self::File(_) => true,
            Self::Webhook(_) | Self::Unifonic(_) | Self::Taqnyat(_) | Self::Msegat(_) | Self::FourJawaly(_) | Self::Twilio(_) => {
                false
            }
        }
    }

    /// Whether it is told our key and takes a message with the same key only once. With the others, a message whose answer was lost
    /// may arrive twice when it is tried again; it is the same code.
    pub const fn knows_repeats(&self) -> bool {
        match self {
            Self::Outbox | Self::Webhook(_) | Self::Unifonic(_) => true,
            Self::Log | Self::File(_) | Self::Taqnyat(_) | Self::Msegat(_) | Self::FourJawaly(_) | Self::Twilio(_) => false,
        }
    }

    /// Hands a message over at `now`. Returns the provider's reference, when it gives one.
    ///
    /// # Errors
    /// See [`SmsError`].
    pub async fn send(&self, message: &Message, now: DateTime<Utc>) -> Result<Option<String>, SmsError> {
        if self.is_development_sink()
            && let Some(error) = magic::failure(&message.to)
        {
            return Err(error);
        }
        match self {
            Self::Outbox => Ok(None),
            Self::Log => {
                log::send(message);
                Ok(None)
            }
            Self::File(file) => file.send(message, now).map(|()| None),
            Self::Webhook(webhook) => webhook.send(message, now).await,
            Self::Unifonic(unifonic) => unifonic.send(message).await,
            Self::Taqnyat(taqnyat) => taqnyat.send(message).await,
            Self::Msegat(msegat) => msegat.send(message).await,
            Self::FourJawaly(fourjawaly) => fourjawaly.send(message).await,
            Self::Twilio(twilio) => twilio.send(message).await,
        }
    }
}
