//! One message on its way: whether it may still go, its words, the calls, and what became of it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::challenge::Challenge;
use domain::ids::OutboxId;
use sms::{Admission, Carrier, Class, Message, SmsError};
use store::outbox::{self, Held, Leased, Taken};
use store::{StoreError, Tx};
use tracing::field::Empty;
use tracing::{Instrument, debug_span};

use crate::metrics::{self, Finished, SendOutcome};
use crate::{Usecases, chain};

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
    /// Who was to carry it, if it is still there.
    carrier: Option<&'static str>,
    /// Whose code it is, if it is one.
    challenge: Option<Challenge>,
    pub(super) outcome: Outcome,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// A provider took it and may have named it.
    Sent { provider: &'static str, reference: Option<String>, segments: u32, cost_micros: Option<i64> },
    /// Again, then.
    Retry { held: Held, at: DateTime<Utc>, error: String },
    /// Never.
    Failed(String),
    /// What it carries is over.
    RunOut,
    /// Nobody tried: anybody may.
    NotStarted,
    /// Nobody may write anything about it any more: it is somebody else's, or its lease will run out.
    Lost,
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
    pub(super) const fn not_started(row: &Leased, at: DateTime<Utc>) -> Self {
        Self { id: row.id, fence: row.fence, at, carrier: None, challenge: None, outcome: Outcome::NotStarted }
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

    /// Counts it, if it ended.
    pub(super) fn show(&self, uc: &Usecases) {
        let (carrier, ended) = match self.outcome {
            Outcome::Sent { provider, .. } => {
                if let Some(challenge) = &self.challenge {
                    uc.count_sent(challenge);
                }
                (Some(provider), Finished::Sent)
            }
            Outcome::Failed(_) => (self.carrier, Finished::Failed),
            Outcome::RunOut => (self.carrier, Finished::Expired),
            Outcome::Retry { .. } | Outcome::NotStarted | Outcome::Lost => return,
        };
        metrics::sms_finished(carrier, ended, 1);
    }

    /// Writes it down: whether the lease was still ours.
    pub(super) async fn mark(&self, tx: &mut Tx) -> Result<bool, StoreError> {
        let (id, fence) = (self.id, self.fence);
        match &self.outcome {
            Outcome::Sent { provider, reference, segments, cost_micros } => {
                let taken =
                    Taken { provider, provider_ref: reference.as_deref(), segments: *segments, cost_micros: *cost_micros };
                outbox::update_sent(tx, id, fence, taken, self.at).await
            }
            Outcome::Retry { held, at, error } => outbox::update_retry(tx, id, fence, *held, *at, error).await,
            Outcome::Failed(error) => outbox::update_failed(tx, id, fence, error, self.at).await,
            Outcome::RunOut => outbox::update_run_out(tx, id, fence, self.at).await,
            Outcome::NotStarted => outbox::update_returned(tx, id, fence).await,
            Outcome::Lost => Ok(false),
        }
    }
}

impl Usecases {
    /// Writes the text and hands it to its carrier, and to the next one after a certain refusal. Whatever dies in here is leased again
    /// later, for the same carrier, with the same id and the same code.
    pub(super) async fn carry(&self, row: Leased, leased_until: DateTime<Utc>) -> Carried {
        let outcome = self.try_to_send(&row, leased_until).await;
        let carrier = self.parts.carriers.find(&row.provider).map(Carrier::name);
        Carried { id: row.id, fence: row.fence, at: self.parts.clock.now(), carrier, challenge: row.challenge, outcome }
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
        let Some(mut carrier) = self.parts.carriers.find(&row.provider) else {
            // It may have taken it, so nobody else is asked; asking again makes a new message.
            return Outcome::Failed(format!("{} is not configured any more", row.provider));
        };
        if let Admission::Until(then) = carrier.admit(now) {
            return Self::without(carrier, row, then);
        }
        // Whether anybody who refused may take it later.
        let mut is_hopeful = false;
        loop {
            let error = match self.hand_over(carrier, &message, row.expires_at).await {
                Ok(sent) => return sent,
                Err(error) => error,
            };
            is_hopeful |= error.is_temporary();
            // A message that an earlier call may have left here stays here.
            if !error.allows_another_carrier() || row.is_bound {
                return self.after(&error, row, error.is_temporary());
            }
            let now = self.parts.clock.now();
            let next = match hindrance(now, row.expires_at, leased_until) {
                None => self.parts.carriers.admit_after(carrier.name(), now),
                Some(_) => None,
            };
            let Some(next) = next else {
                // Those after it are only left alone for a while, or there was no time.
                let is_last = !self.parts.carriers.has_after(carrier.name());
                return self.after(&error, row, is_hopeful || !is_last);
            };
            tracing::debug!(message = %row.id, from = carrier.name(), to = next.name(), "another provider is asked");
            if let Err(outcome) = self.move_on(row, next, &error).await {
                return outcome;
            }
            carrier = next;
        }
    }

    /// One call. It ends with the code: nothing is sent after it expired.
    async fn hand_over(&self, carrier: &Carrier, message: &Message, expires_at: DateTime<Utc>) -> Result<Outcome, SmsError> {
        let (clock, provider) = (&self.parts.clock, carrier.name());
        let began = clock.now();
        let life = (expires_at - began).to_std().unwrap_or_default();
        let span = debug_span!("sms.send", message = %message.key, provider, outcome = Empty, duration_ms = Empty);
        let call = carrier.send(message, || clock.now());
        let answer = tokio::time::timeout(life, call).instrument(span.clone()).await;
        let outcome = answer.as_ref().map_or(SendOutcome::Unknown, SendOutcome::of);
        let took = clock.now() - began;
        span.record("outcome", outcome.as_str());
        span.record("duration_ms", took.num_milliseconds());
        span.in_scope(|| tracing::debug!("a provider answered"));
        metrics::sms_sent(provider, outcome, took.to_std().unwrap_or_default());
        let Ok(answer) = answer else {
            carrier.gave_up(clock.now());
            return Ok(Outcome::RunOut);
        };
        let (reference, segments) = (answer?, sms::segments(&message.body).segments);
        let cost_micros = self.parts.settings.sms.prices.cost(provider, message.to.country(), segments);
        Ok(Outcome::Sent { provider, reference, segments, cost_micros })
    }

    /// Its carrier is left alone until `then`. What that one cannot have is anybody's again.
    fn without(carrier: &Carrier, row: &Leased, then: DateTime<Utc>) -> Outcome {
        if row.is_bound {
            Outcome::Retry { held: Held::Bound, at: then, error: format!("{} is left alone for a while", carrier.name()) }
        } else {
            Outcome::NotStarted
        }
    }

    /// Writes down whom the message may reach next, before it can.
    async fn move_on(&self, row: &Leased, next: &Carrier, error: &SmsError) -> Result<(), Outcome> {
        let moved = async {
            let mut tx = self.parts.store.write().await?;
            let is_ours = outbox::update_provider(&mut tx, row.id, row.fence, next.name(), &error.to_string()).await?;
            tx.commit().await?;
            Ok::<_, StoreError>(is_ours)
        };
        match moved.await {
            Ok(true) => Ok(()),
            Ok(false) => Err(Outcome::Lost),
            Err(error) => {
                tracing::warn!(message = %row.id, error = %chain(&error), "another provider could not be written down");
                Err(Outcome::Lost)
            }
        }
    }

    fn after(&self, error: &SmsError, row: &Leased, is_hopeful: bool) -> Outcome {
        if !is_hopeful {
            return Outcome::Failed(error.to_string());
        }
        let held = if row.is_bound || !error.allows_another_carrier() { Held::Bound } else { Held::Free };
        let wait = TimeDelta::seconds(1 << row.attempts.clamp(1, 6)).min(LONGEST_WAIT);
        Outcome::Retry { held, at: self.parts.clock.now() + wait, error: error.to_string() }
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
