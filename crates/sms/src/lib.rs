//! Text messages: their words, and who carries them.
//!
//! To add a provider: one file with its adapter that maps *its* errors to [`SmsError`]; a variant of [`SmsSender`] (the compiler
//! lists the rest); a configuration section; its name in `tests/matrix.rs` and a test file with its own request and errors; a row
//! in `docs/sms.md`. How it reports what became of messages: see [`reports`].

mod answer;
mod base_url;
mod breaker;
mod carriers;
mod client;
mod exchange;
mod file;
mod fourjawaly;
mod linter;
mod log;
mod magic;
mod message;
mod msegat;
mod otp_host;
mod phrases;
mod prices;
mod redact;
pub mod reports;
mod segments;
mod sender;
mod sender_name;
mod taqnyat;
pub mod templates;
#[cfg(feature = "testing")]
pub mod testing;
mod twilio;
mod unifonic;
mod webhook;

pub use base_url::BaseUrl;
pub use breaker::{Admission, BreakerRules, BreakerState};
pub use carriers::{Carrier, Carriers, Choice};
pub use client::ClientError;
pub use exchange::{Exchange, Half, Tape};
pub use file::FileSink;
pub use fourjawaly::FourJawaly;
pub use linter::{LintError, lint};
pub use message::{Class, Message, PerClass};
pub use msegat::Msegat;
pub use otp_host::{OtpHost, OtpHostError};
pub use prices::{PriceError, Prices, micros};
pub use segments::{Encoding, Segments, segments};
pub use sender::{SmsError, SmsSender};
pub use sender_name::{SenderName, SenderNameError};
pub use taqnyat::Taqnyat;
pub use templates::Templates;
pub use twilio::{Twilio, TwilioFrom, TwilioFromError};
pub use unifonic::Unifonic;
pub use webhook::{UrlError, Webhook, webhook_url};
