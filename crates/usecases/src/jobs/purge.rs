//! Forgetting on time (salon.md §5), in batches so that nobody waits behind it. Any number of processes may purge at once: they
//! share the work.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::fraud::HISTORY;
use store::{
    Store, StoreError, audit, bulk_runs, challenges, delivery_reports, fraud_counters, limit_keys, outbox, purge, sessions,
    sms_budgets, users,
};

use crate::{Error, Usecases};

/// Rows a transaction.
const BATCH: u32 = 500;
/// People a transaction: a request for a code of one of them waits behind it.
const PEOPLE_BATCH: usize = 50;
/// Between two batches, so that everybody else has their turn.
const BREATH: Duration = Duration::from_millis(20);
/// A batch that had to give way is tried again this many times.
const TRIES: u32 = 5;

/// What the fleet guard looks back on, and the day under way.
const COUNTS_KEPT: TimeDelta = TimeDelta::days(HISTORY + 1);

/// What was done to many, and who they were: what was done to each is in the audit for longer.
const BULK_KEPT: TimeDelta = TimeDelta::days(30);

/// How many rows were forgotten, by table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// People who never proved their phone.
    pub pending_users: u64,
    /// Challenges.
    pub challenges: u64,
    /// Messages.
    pub messages: u64,
    /// What was reported of messages.
    pub reports: u64,
    /// Sessions and their refresh families.
    pub sessions: u64,
    /// Audit entries.
    pub audit: u64,
}

impl Usecases {
    /// Deletes what is past its retention. A dry run only counts: it writes nothing and locks nothing.
    ///
    /// # Errors
    /// `Unavailable`; what was deleted before stays deleted.
    pub async fn purge(&self, is_dry_run: bool) -> Result<Purged, Error> {
        let now = self.parts.clock.now();
        let keep = self.parts.settings.retention;
        let store = &self.parts.store;
        /// Deletes in batches, or counts.
        macro_rules! forget {
            ($before:expr, $table:ident::delete_before) => {
                if is_dry_run {
                    purge::count::$table(&mut store.read().await?, $before).await?
                } else {
                    in_batches!($before, $table::delete_before)
                }
            };
        }
        macro_rules! in_batches {
            ($before:expr, $delete:path) => {{
                let (before, mut total, mut tries_left) = ($before, 0, TRIES);
                loop {
                    let batch = async {
                        let mut tx = store.write().await?;
                        purge::lock(&mut tx).await?;
                        let deleted = $delete(&mut tx, before, BATCH).await?;
                        tx.commit().await.map(|()| deleted)
                    };
                    match batch.await {
                        Ok(deleted) => {
                            total += deleted;
                            tries_left = TRIES;
                            if deleted < u64::from(BATCH) {
                                break total;
                            }
                        }
                        Err(error) => give_way(error, &mut tries_left)?,
                    }
                    tokio::time::sleep(BREATH).await;
                }
            }};
        }
        let done = Purged {
            pending_users: self.forget_stale_users(now - keep.pending, is_dry_run).await?,
            messages: forget!(now - keep.messages, outbox::delete_before),
            reports: forget!(now - keep.messages, delivery_reports::delete_before),
            challenges: forget!(now - keep.challenges, challenges::delete_before),
            sessions: forget!(now - keep.sessions, sessions::delete_before),
            audit: forget!(now - keep.audit, audit::delete_before),
        };
        if !is_dry_run {
            in_batches!(now, limit_keys::delete_before);
            in_batches!(now - COUNTS_KEPT, fraud_counters::delete_before);
            in_batches!(now - BULK_KEPT, bulk_runs::delete_before);
            let mut tx = store.write().await?;
            sms_budgets::delete_before(&mut tx, now - keep.messages).await?;
            tx.commit().await?;
        }
        Ok(done)
    }

    async fn forget_stale_users(&self, before: DateTime<Utc>, is_dry_run: bool) -> Result<u64, Error> {
        let store = &self.parts.store;
        if is_dry_run {
            return Ok(purge::count::stale_users(&mut store.read().await?, before).await?);
        }
        let mut total = 0;
        loop {
            let stale = users::list_stale_pending(&mut store.read().await?, before, BATCH).await?;
            let mut deleted = 0;
            for people in stale.chunks(PEOPLE_BATCH) {
                let mut tries_left = TRIES;
                deleted += loop {
                    match delete_stale_users(store, people, before).await {
                        Ok(deleted) => break deleted,
                        Err(error) => give_way(error, &mut tries_left)?,
                    }
                    tokio::time::sleep(BREATH).await;
                };
                tokio::time::sleep(BREATH).await;
            }
            total += deleted;
            // Nobody of a whole list was left: another process is at the same people, or they have all come back.
            if deleted == 0 || stale.len() < BATCH as usize {
                return Ok(total);
            }
        }
    }
}

/// One transaction. Somebody who has asked for a code since they were listed stays.
async fn delete_stale_users(store: &Store, people: &[domain::ids::UserId], before: DateTime<Utc>) -> Result<u64, StoreError> {
    let mut tx = store.write().await?;
    purge::lock(&mut tx).await?;
    let mut deleted = 0;
    for id in people {
        if users::lock(&mut tx, *id).await?.is_some() {
            deleted += u64::from(purge::delete_stale_user(&mut tx, *id, before).await?);
        }
    }
    tx.commit().await?;
    Ok(deleted)
}

/// A batch that was in somebody's way was taken back. It is tried again, but not for ever: the database may be away.
fn give_way(error: StoreError, tries_left: &mut u32) -> Result<(), StoreError> {
    match error {
        StoreError::Unavailable(_) if *tries_left > 0 => {
            *tries_left -= 1;
            Ok(())
        }
        error => Err(error),
    }
}
