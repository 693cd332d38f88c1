//! A worker of the outbox: what it has in hand, and one round of its work.

use chrono::{DateTime, TimeDelta, Utc};
use sms::Choice;
use store::{outbox, wakeups};
use tokio::sync::watch;
use tokio::task::{JoinError, JoinSet};

use super::carry::{Carried, Outcome};
use crate::metrics::{self, Finished};
use crate::{Error, Usecases, chain};

/// How long a worker may take over a row before another may: longer than the longest call.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// With always more to send, what has run out is still put away this often.
const SWEEP: TimeDelta = TimeDelta::seconds(5);
/// Other processes are called at most this often.
const CALL: TimeDelta = TimeDelta::seconds(1);

/// Trouble of the provider is told at most this often.
const WARN: TimeDelta = TimeDelta::seconds(10);

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Handed to the provider.
    pub sent: u32,
    /// To be tried again.
    pub retried: u32,
    /// Given up.
    pub failed: u32,
    /// Dropped, because what they carry had expired.
    pub expired: u64,
}

/// It leases no more than it can start at once: a code asked for now does not wait behind a lease full of older ones.
pub(super) struct Worker {
    uc: Usecases,
    stop: watch::Receiver<bool>,
    /// Messages at the provider.
    flights: JoinSet<Carried>,
    /// What came back and is not written down yet. Kept over a failure of the database, so that it is not sent again for that.
    landed: Vec<Carried>,
    /// Messages wait for a carrier: whatever comes back may have changed that.
    is_held: bool,
    /// There may be something to lease.
    pub(super) is_hungry: bool,
    /// When something is due that was not at the last look. `None`: nothing waits.
    pub(super) due: Option<DateTime<Utc>>,
    swept_at: Option<DateTime<Utc>>,
    called_at: Option<DateTime<Utc>>,
    warned_at: Option<DateTime<Utc>>,
    pub(super) done: Delivered,
}

impl Worker {
    pub(super) fn new(uc: &Usecases, stop: watch::Receiver<bool>) -> Self {
        uc.show_breakers();
        Self {
            uc: uc.clone(),
            stop,
            flights: JoinSet::new(),
            landed: Vec::new(),
            is_held: false,
            is_hungry: true,
            due: None,
            swept_at: None,
            called_at: None,
            warned_at: None,
            done: Delivered::default(),
        }
    }

    /// Whether nothing is under way.
    pub(super) fn is_idle(&self) -> bool {
        self.flights.is_empty() && self.landed.is_empty()
    }

    pub(super) fn in_flight(&self) -> usize {
        self.flights.len()
    }

    /// Waits for a message at the provider, and takes all that are back by then. Pending for ever with none under way.
    pub(super) async fn land(&mut self) {
        let Some(first) = self.flights.join_next().await else { return std::future::pending().await };
        self.keep(first);
        while let Some(next) = self.flights.try_join_next() {
            self.keep(next);
        }
    }

    fn keep(&mut self, carried: Result<Carried, JoinError>) {
        self.is_hungry |= std::mem::take(&mut self.is_held);
        self.uc.show_breakers();
        match carried {
            Ok(carried) => {
                let now = self.now();
                let is_patient = self.warned_at.is_some_and(|at| (now - at).abs() < WARN);
                carried.report(is_patient);
                if matches!(carried.outcome, Outcome::Retry { .. }) && !is_patient {
                    self.warned_at = Some(now);
                }
                self.landed.push(carried);
            }
            // Its lease runs out, and it is tried again.
            Err(error) => tracing::error!(%error, "a message was lost sight of"),
        }
    }

    /// One statement that only reads: whether a round is worth while.
    pub(super) async fn look(&mut self) -> Result<bool, Error> {
        self.due = outbox::find_next_due(&mut self.uc.parts.store.read().await?).await?;
        self.is_hungry = self.due.is_some_and(|due| due <= self.uc.parts.clock.now());
        Ok(self.is_hungry)
    }

    /// Leases as many as there is room for, at most `most`, and sends those; then writes down what came back meanwhile. How many were
    /// leased. In this order, and in two transactions, so that the provider's time is not spent waiting for our notes.
    pub(super) async fn round(&mut self, most: usize) -> Result<usize, Error> {
        let room = if self.is_hungry { self.at_once().saturating_sub(self.flights.len()).min(most) } else { 0 };
        let taken = if room > 0 { self.take(room).await? } else { 0 };
        if !self.landed.is_empty() {
            self.write_down().await?;
        }
        if taken > 0 && self.flights.len() >= self.at_once() {
            self.call_others().await;
        }
        Ok(taken)
    }

    async fn take(&mut self, room: usize) -> Result<usize, Error> {
        let now = self.now();
        let (provider, room) = match self.uc.parts.carriers.choose(now) {
            Choice::All(provider) => (provider, room),
            Choice::One(provider) => {
                self.is_held = true;
                (provider, 1)
            }
            Choice::Wait(then) => return self.wait_until(then, now).await,
        };
        let mut tx = self.uc.parts.store.write().await?;
        let leased = outbox::lease(&mut tx, provider, now, now + LEASE, u32::try_from(room).unwrap_or(u32::MAX)).await?;
        let is_short = leased.len() < room;
        let due = if is_short { outbox::find_next_due(&mut tx).await? } else { self.due };
        let is_overdue = is_short && due.is_some_and(|due| due <= now);
        let sweeps = is_overdue || self.swept_at.is_none_or(|at| (now - at).abs() >= SWEEP);
        let expired = if sweeps { outbox::update_expired(&mut tx, now).await? } else { 0 };
        tx.commit().await?;

        self.tell_expired(expired);
        self.due = due;
        self.is_hungry = !is_short || expired >= u64::from(outbox::EXPIRED_AT_ONCE);
        if sweeps {
            self.swept_at = Some(now);
        }
        let taken = leased.len();
        for row in leased {
            if *self.stop.borrow() {
                self.landed.push(Carried::not_started(&row, now));
            } else {
                let uc = self.uc.clone();
                self.flights.spawn(async move { uc.carry(row, now + LEASE).await });
            }
        }
        Ok(taken)
    }

    fn tell_expired(&mut self, expired: u64) {
        if expired > 0 {
            tracing::warn!(expired, "messages ran out before they could be sent");
            metrics::sms_finished(None, Finished::Expired, expired);
            self.done.expired += expired;
        }
    }

    /// Nobody may be asked before `then`. What runs out meanwhile is put away.
    async fn wait_until(&mut self, then: DateTime<Utc>, now: DateTime<Utc>) -> Result<usize, Error> {
        if self.swept_at.is_none_or(|at| (now - at).abs() >= SWEEP) {
            let mut tx = self.uc.parts.store.write().await?;
            let expired = outbox::update_expired(&mut tx, now).await?;
            tx.commit().await?;
            self.tell_expired(expired);
            self.swept_at = Some(now);
        }
        self.due = Some(then);
        (self.is_held, self.is_hungry) = (true, false);
        Ok(0)
    }

    async fn write_down(&mut self) -> Result<(), Error> {
        let parts = &self.uc.parts;
        let (mut done, mut ours) = (self.done, Vec::new());
        let mut tx = parts.store.write().await?;
        for carried in &self.landed {
            if carried.mark(&mut tx).await? {
                done.count(&carried.outcome);
                ours.push(carried);
            }
        }
        tx.commit().await?;
        for carried in ours {
            carried.show(&self.uc);
        }
        self.landed.clear();
        self.done = done;
        Ok(())
    }

    /// After a failed round. What the database cannot take for a reason of ours is let go, or nothing else would be written any more;
    /// those messages are tried again when their leases end.
    pub(super) fn recover(&mut self, error: &Error) {
        if !matches!(error, Error::Unavailable { .. }) && !self.landed.is_empty() {
            tracing::error!(messages = self.landed.len(), "what became of messages could not be written down");
            self.landed.clear();
        }
        self.is_hungry = true;
    }

    /// There is more than this process can take.
    async fn call_others(&mut self) {
        let now = self.now();
        if self.called_at.is_some_and(|at| (now - at).abs() < CALL) {
            return;
        }
        self.called_at = Some(now);
        self.uc.call_for_help().await;
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.uc.parts.clock.now()
    }

    fn at_once(&self) -> usize {
        usize::try_from(self.uc.parts.settings.delivery.concurrency).unwrap_or(usize::MAX).max(1)
    }
}

impl Usecases {
    /// Where the breakers stand, after something that may have moved one.
    fn show_breakers(&self) {
        let now = self.parts.clock.now();
        for carrier in self.parts.carriers.iter() {
            metrics::breaker(carrier.name(), carrier.state(now));
        }
    }

    /// Lost calls cost a few seconds: everybody looks now and then.
    pub(super) async fn call_for_help(&self) {
        if let Err(error) = wakeups::call(&self.parts.store).await {
            tracing::debug!(error = %chain(&error), "other processes could not be called");
        }
    }
}

impl Delivered {
    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Sent { .. } => self.sent += 1,
            Outcome::Retry { .. } => self.retried += 1,
            Outcome::Failed(_) => self.failed += 1,
            Outcome::RunOut => self.expired += 1,
            Outcome::NotStarted | Outcome::Lost => {}
        }
    }
}
