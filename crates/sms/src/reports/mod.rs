//! Delivery reports: what providers post to `/api/webhooks/sms/{provider}/` about messages they have taken.
//!
//! A report proves where it comes from before it is read. Who can sign, signs; who cannot, shows a secret of ours:
//!
//! | provider | where its address is set | proof |
//! |---|---|---|
//! | Twilio | in each message | `X-Twilio-Signature`, and a token of ours for that message |
//! | webhook | at the operator's gateway | `Salon-Signature`, as Salon signs its own messages |
//! | Unifonic, Taqnyat, Msegat, 4jawaly | in the provider's console | `sms.report_secret`, in the query or as a bearer token |
//!
//! To add a provider: a file here that says what its words mean; a variant of [`Reporter`], and the compiler lists the rest; tests in
//! `tests/reports.rs` with what it really posts; a row in `docs/sms.md`.

mod callback;
mod entry;
mod fourjawaly;
mod msegat;
mod shared;
#[cfg(feature = "testing")]
pub mod signed;
mod taqnyat;
mod twilio;
mod unifonic;
mod webhook;
mod words;

use chrono::{DateTime, Utc};
use domain::delivery::Report;
use domain::secret::Secret;
use thiserror::Error;

pub(crate) use callback::Callback;
pub use reqwest::header::HeaderMap;

use entry::{Entry, entries};

/// Who reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reporter {
    /// Unifonic.
    Unifonic,
    /// Taqnyat.
    Taqnyat,
    /// Msegat.
    Msegat,
    /// 4jawaly.
    FourJawaly,
    /// Twilio.
    Twilio,
    /// The operator's own gateway.
    Webhook,
}

impl Reporter {
    /// Everybody.
    pub const ALL: [Self; 6] = [Self::Unifonic, Self::Taqnyat, Self::Msegat, Self::FourJawaly, Self::Twilio, Self::Webhook];

    /// The name in the address, the same as [`crate::SmsSender::name`].
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unifonic => "unifonic",
            Self::Taqnyat => "taqnyat",
            Self::Msegat => "msegat",
            Self::FourJawaly => "4jawaly",
            Self::Twilio => "twilio",
            Self::Webhook => "webhook",
        }
    }

    /// Reads [`Reporter::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reporter| reporter.as_str() == text)
    }
}

/// By what reports are known. Who has no secret here is believed nothing.
#[derive(Clone, Debug, Default)]
pub struct Reports {
    /// Shown by those who cannot sign.
    pub shared_secret: Option<Secret<String>>,
    /// The auth token of the Twilio account.
    pub twilio_token: Option<Secret<String>>,
    /// What the operator's gateway signs with.
    pub webhook_secret: Option<Secret<String>>,
}

/// A request with a report, as far as its head.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The whole address as the provider called it: our public origin, path and query.
    pub url: &'a str,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// When it came.
    pub now: DateTime<Utc>,
}

impl Head<'_> {
    fn query(&self) -> &str {
        self.url.split_once('?').map_or("", |(_, query)| query)
    }

    /// A header that stands there once.
    fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).into_iter();
        let value = values.next()?.to_str().ok()?;
        values.next().is_none().then_some(value)
    }
}

/// Why a report is refused. Nothing in it says how near it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ReportError {
    /// It does not prove where it comes from.
    #[error("the report is from nobody we know")]
    Forbidden,
    /// It is from the provider and cannot be read.
    #[error("the report cannot be read")]
    Malformed,
}

/// Somebody whose head is in order. Nothing they say is read before the rest of their proof.
#[derive(Debug)]
pub struct Caller {
    reporter: Reporter,
    proof: Proof,
}

#[derive(Debug)]
enum Proof {
    /// Of the head alone; it is there.
    Shown,
    Twilio(twilio::Proof),
    Webhook(webhook::Proof),
}

/// What a caller said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The reports, sorted, each once. Statuses that say nothing about the delivery (`queued`) are not among them.
    pub reports: Vec<Report>,
    /// What the provider wants to hear, or it sends the same again.
    pub answer: Option<String>,
}

impl Reports {
    /// Looks at the head of a report, before anybody spends memory on its body.
    ///
    /// # Errors
    /// `Forbidden`.
    pub fn admit(&self, reporter: Reporter, head: Head<'_>) -> Result<Caller, ReportError> {
        let proof = match reporter {
            Reporter::Unifonic | Reporter::Taqnyat | Reporter::Msegat | Reporter::FourJawaly => {
                shared::check(self.shared_secret.as_ref(), head)?;
                Proof::Shown
            }
            Reporter::Twilio => Proof::Twilio(twilio::Proof::of(self.twilio_token.as_ref(), head)?),
            Reporter::Webhook => Proof::Webhook(webhook::Proof::of(self.webhook_secret.as_ref(), head)?),
        };
        Ok(Caller { reporter, proof })
    }
}

impl Caller {
    /// Who it is.
    pub const fn reporter(&self) -> Reporter {
        self.reporter
    }

    /// Checks the rest of the proof, then reads the body: one report or several, whichever of form and JSON it is.
    ///
    /// # Errors
    /// `Forbidden`, then `Malformed`: of several, all are refused for one.
    pub fn read(self, body: &[u8]) -> Result<Received, ReportError> {
        match &self.proof {
            Proof::Shown => {}
            Proof::Twilio(proof) => proof.check(body)?,
            Proof::Webhook(proof) => proof.check(body)?,
        }
        let entries = entries(body)?;
        let mut reports = Vec::new();
        for entry in &entries {
            reports.extend(self.report_of(entry)?);
        }
        reports.sort_unstable();
        reports.dedup();
        let answer = if self.reporter == Reporter::Taqnyat { entries.first().and_then(taqnyat::answer) } else { None };
        Ok(Received { reports, answer })
    }

    fn report_of(&self, entry: &Entry) -> Result<Option<Report>, ReportError> {
        match (&self.proof, self.reporter) {
            (Proof::Twilio(proof), _) => twilio::read(entry, proof),
            (_, Reporter::Unifonic) => unifonic::read(entry),
            (_, Reporter::Taqnyat) => taqnyat::read(entry),
            (_, Reporter::Msegat) => msegat::read(entry),
            (_, Reporter::FourJawaly) => fourjawaly::read(entry),
            (_, Reporter::Twilio | Reporter::Webhook) => webhook::read(entry),
        }
    }
}
