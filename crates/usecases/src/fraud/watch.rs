//! What keeps the brake and the guard up to date, beside the requests: writes what this process counted, reads what all did.

use std::time::Duration;

use domain::fraud::{Bucket, DAY, Level, STILL_CHANGING, Scope, ScopeKind};
use store::fraud_counters;
use tokio::sync::watch;

use crate::jobs::pause::pause;
use crate::{Error, Usecases, chain, metrics};

/// Between two rounds.
const EVERY: Duration = Duration::from_secs(1);
/// A process that has counted nothing looks in every so-manieth round.
const IDLE: u32 = 5;
/// Counts a statement.
const ROWS_WRITTEN: usize = 1_000;
/// Counts that are read at once, the newest first: a day of a thousand busy networks at least. Of more, the oldest are left out.
const ROWS_READ: u32 = 50_000;

impl Usecases {
    /// One round: what was counted here goes to the database, what was counted everywhere comes from it, and the alarm is raised or
    /// ended. Nothing counted is lost when the database does not answer: it goes there the next time.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn watch_fraud(&self) -> Result<(), Error> {
        self.write_counted().await?;
        let bucket = Bucket::of(self.parts.clock.now());
        self.read_counted(bucket).await?;
        self.tell_levels(bucket);
        self.watch_fleet(bucket).await
    }

    /// Does so now and then, until told to stop; then a last time.
    pub async fn keep_watching_fraud(&self, mut stop: watch::Receiver<bool>) {
        let mut rounds = (0..IDLE).cycle();
        while !*stop.borrow() {
            let is_turn = rounds.next() == Some(0);
            if (is_turn || !self.counted.lock().mine().is_empty())
                && let Err(error) = self.watch_fraud().await
            {
                tracing::debug!(error = %chain(&error), "the fraud brake could not be brought up to date");
            }
            pause(EVERY, &mut stop).await;
        }
        if let Err(error) = self.write_counted().await {
            tracing::warn!(error = %chain(&error), "what the fraud brake counted last is lost");
        }
    }

    async fn write_counted(&self) -> Result<(), Error> {
        let store = &self.parts.store;
        let mine = self.counted.lock().mine();
        for counters in mine.chunks(ROWS_WRITTEN) {
            store.apply_one(fraud_counters::insert_added(store.backend(), counters)).await?;
            self.counted.lock().written(counters);
        }
        Ok(())
    }

    /// All of the day once a bucket, so that nothing goes astray for long; else what may have changed. Networks that asked for less
    /// than they may lose are left out of the day, and those that hardly asked out of the rest: they are most of all rows.
    async fn read_counted(&self, bucket: Bucket) -> Result<(), Error> {
        let is_new = self.counted.lock().read_in != Some(bucket);
        let from = bucket.back(if is_new { DAY } else { STILL_CHANGING });
        let fewest = self.parts.settings.fraud.thresholds.network.lost;
        let mut tx = self.parts.store.read().await?;
        let found = if is_new {
            fraud_counters::list(&mut tx, from, bucket, fewest, ROWS_READ).await?
        } else {
            fraud_counters::list_busy(&mut tx, from, ROWS_READ).await?
        };
        drop(tx);
        let mut counters = self.counted.lock();
        counters.learn(from, found, bucket);
        counters.read_in = Some(bucket);
        Ok(())
    }

    /// The highest level of each kind of scope, for those who watch; a change is worth a line.
    fn tell_levels(&self, bucket: Bucket) {
        let thresholds = self.parts.settings.fraud.thresholds;
        let mut counters = self.counted.lock();
        let mut highest: [(Level, Option<Scope>); ScopeKind::ALL.len()] = Default::default();
        for scope in counters.scopes() {
            // Most networks have asked for a code or two.
            if counters.asked(scope) < thresholds.bounds(scope.kind()).lost {
                continue;
            }
            let over = thresholds.over(scope, &counters.of(scope), bucket);
            let place = &mut highest[scope.kind() as usize];
            if let Some(over) = over.filter(|over| over.level > place.0) {
                *place = (over.level, Some(scope));
            }
        }
        let before = std::mem::replace(&mut counters.levels, highest.map(|(level, _)| level));
        drop(counters);
        for ((kind, before), (level, scope)) in ScopeKind::ALL.into_iter().zip(before).zip(highest) {
            metrics::fraud_level(kind, level);
            if level == before {
                continue;
            }
            // A network stays unnamed: its hash would be a name.
            let name = scope.filter(|_| kind != ScopeKind::Network).map(|scope| scope.to_string()).unwrap_or_default();
            let (is_eased, kind, level) = (level < before, kind.as_str(), level.as_str());
            if is_eased {
                tracing::info!(kind, level, name, "the fraud brake was eased");
            } else {
                tracing::warn!(kind, level, name, "many codes are not entered: the fraud brake was tightened");
            }
        }
    }
}
