//! A provider says what became of a message. It is written down and moves that message forward; it touches nobody's account.

use domain::delivery::Report;
use domain::error::{FieldError, ValidationError};
use sms::reports::{Caller, Head, ReportError, Reporter};
use store::delivery_reports;

use crate::{Error, Usecases};

/// Reports a transaction. They are sorted: everybody locks in the same order.
const BATCH: usize = 100;

impl Usecases {
    /// Looks at the head of a report for `provider`, posted to `url` with `headers`: whether its body is worth reading.
    ///
    /// # Errors
    /// `NotFound` for a provider there is not; `Forbidden` for who is not that provider, and when it is believed nothing.
    pub fn admit_report(&self, provider: &str, url: &str, headers: &sms::reports::HeaderMap) -> Result<Caller, Error> {
        let reporter = Reporter::parse(provider).ok_or(Error::NotFound)?;
        let head = Head { url, headers, now: self.parts.clock.now() };
        self.parts.reports.admit(reporter, head).map_err(refusal)
    }

    /// Reads a report, writes it down and applies it to its message, or leaves it to [`Usecases::apply_waiting_reports`] when that is not
    /// known to be taken yet. A message that nobody knows is as much work. What the provider wants to hear.
    ///
    /// # Errors
    /// `Forbidden`; `Validation` for what cannot be read; `Unavailable`: posted again, it counts once.
    pub async fn receive_report(&self, caller: Caller, body: &[u8]) -> Result<Option<String>, Error> {
        let provider = caller.reporter().as_str();
        let received = caller.read(body).map_err(refusal)?;
        for reports in received.reports.chunks(BATCH) {
            self.keep(provider, reports).await?;
        }
        tracing::debug!(provider, reports = received.reports.len(), "delivery reports");
        Ok(received.answer)
    }

    async fn keep(&self, provider: &str, reports: &[Report]) -> Result<(), Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        for report in reports {
            delivery_reports::insert_missing(&mut tx, provider, report, now).await?;
            delivery_reports::update_applied(&mut tx, provider, report, now).await?;
        }
        Ok(tx.commit().await?)
    }
}

fn refusal(error: ReportError) -> Error {
    match error {
        ReportError::Forbidden => Error::Forbidden,
        ReportError::Malformed => Error::Validation(vec![ValidationError { pointer: String::new(), code: FieldError::Invalid }]),
    }
}
