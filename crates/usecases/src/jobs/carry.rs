//! One message on its way: whether it may still go, its words, the call, and what became of it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::OutboxId;
use sms::{Class, Message, SmsError};
use store::outbox::{self, Leased};
use store::{StoreError, Tx};

use crate::Usecases;

/// No sender takes longer than this over a call; `sms.deadline_s` may not be more.
const LONGEST_CALL: TimeDelta = TimeDelta::seconds(10);
/// Waits between tries: 2, 4, 8 … seconds, at most this.
const LONGEST_WAIT: TimeDelta = TimeDelta::seconds(60);

/// What became of a leased message; to be written down.
#[derive(Debug)]
pub(super) struct Carried {
    id: OutboxId,
    fence: i64,
    at: DateTime<Utc>,
    pub(super) outcome: Outcome,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A provider took it and may have named it.
    Sent(Option<String>),
    /// Again, then.
    Retry { at: DateTime<Utc>, error: String },
    /// Never.
    Failed(String),
    /// What it carries is over.
    RunOut,
    /// Nobody tried: anybody may.
    NotStarted,
}

/// Why a message must not go out now, if there is a reason: its code is over, or the lease may end during the call, and then two
/// workers would be at it.
fn hindrance(now: DateTime<Utc>, expires_at: DateTime<Utc>, leased_until: DateTime<Utc>) -> Option<Outcome> {
    if now >= expires_at {
        Some(Outcome::RunOut)
    } else if now + LONGEST_CALL > leased_until {
        Some(Outcome::NotStarted)
    } else {
        None
    }
}

impl Carried {
    /// A lease that came when nobody was to start any more.
    pub(super) fn not_started(row: &Leased, at: DateTime<Utc>) -> Self {
        Self { id: row.id, fence: row.fence, at, outcome: Outcome::NotStarted }
    }

    /// Tells the operator about what did not go well. `is_patient`: what is tried again was told a moment ago.
    pub(super) fn report(&self, is_patient: bool) {
        match &self.outcome {
            Outcome::Failed(error) => tracing::warn!(message = %self.id, error, "a message was refused"),
            Outcome::Retry { error, .. } if !is_patient => {
                tracing::warn!(message = %self.id, error, "the provider is in trouble: messages are tried again");
            }
            Outcome::RunOut => tracing::warn!(message = %self.id, "a message ran out before a provider took it"),
            _ => {}
        }
    }

    /// Writes it down: whether the lease was still ours.
    pub(super) async fn mark(&self, tx: &mut Tx, provider: &str) -> Result<bool, StoreError> {
        let (id, fence) = (self.id, self.fence);
        match &self.outcome {
            Outcome::Sent(reference) => outbox::update_sent(tx, id, fence, provider, reference.as_deref(), self.at).await,
            Outcome::Retry { at, error } => outbox::update_retry(tx, id, fence, *at, error).await,
            Outcome::Failed(error) => outbox::update_failed(tx, id, fence, error, self.at).await,
            Outcome::RunOut => outbox::update_run_out(tx, id, fence, self.at).await,
            Outcome::NotStarted => outbox::update_returned(tx, id, fence).await,
        }
    }
}

impl Usecases {
    /// Writes the text and hands it to the sender. Whatever dies in here is leased again later with the same id and the same code.
    pub(super) async fn carry(&self, row: Leased, leased_until: DateTime<Utc>) -> Carried {
        let outcome = self.try_to_send(&row, leased_until).await;
        Carried { id: row.id, fence: row.fence, at: self.parts.clock.now(), outcome }
    }

    async fn try_to_send(&self, row: &Leased, leased_until: DateTime<Utc>) -> Outcome {
        let now = self.parts.clock.now();
        if let Some(hindrance) = hindrance(now, row.expires_at, leased_until) {
            return hindrance;
        }
        let Some(text) = self.render(row.kind, row.locale, row.challenge.as_ref()) else {
            return Outcome::Failed("its challenge, or the key of its code, is gone".to_owned());
        };
        let class = if row.kind.purpose().is_some() { Class::Otp } else { Class::Service };
        let message = Message { key: row.id.to_string(), to: row.phone.clone(), body: text.body, locale: row.locale, class };
        // The call ends with the code: nothing is sent after it expired.
        let life = (row.expires_at - now).to_std().unwrap_or_default();
        match tokio::time::timeout(life, self.parts.sms.send(&message, now)).await {
            Err(_) => Outcome::RunOut,
            Ok(Ok(reference)) => Outcome::Sent(reference),
            Ok(Err(error)) => self.after(&error, row.attempts),
        }
    }

    fn after(&self, error: &SmsError, attempts: u32) -> Outcome {
        if !error.is_temporary() {
            return Outcome::Failed(error.to_string());
        }
        let wait = TimeDelta::seconds(1 << attempts.clamp(1, 6)).min(LONGEST_WAIT);
        Outcome::Retry { at: self.parts.clock.now() + wait, error: error.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("in range")
    }

    #[test]
    fn nothing_starts_that_could_outlive_its_lease_or_its_code() {
        assert_eq!(hindrance(at(0), at(300), at(30)), None);
        assert_eq!(hindrance(at(20), at(300), at(30)), None, "a call may end with the lease");
        assert_eq!(hindrance(at(21), at(300), at(30)), Some(Outcome::NotStarted));
        assert_eq!(hindrance(at(299), at(300), at(330)), None);
        assert_eq!(hindrance(at(300), at(300), at(330)), Some(Outcome::RunOut));
        assert_eq!(hindrance(at(300), at(300), at(300)), Some(Outcome::RunOut), "over is over, whoever has it");
    }
}
