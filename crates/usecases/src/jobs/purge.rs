//! Forgetting on time (salon.md §5), in batches so that nobody waits behind it. Any number of processes may purge at once: they
//! share the work.

use std::ops::AddAssign;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::fraud::HISTORY;
use domain::ids::UserId;
use domain::retention::Kept;
use serde_json::{Map, Value, json};
use store::purge::{Bounds, Forecast};
use store::{
    Store, StoreError, audit, bulk_runs, challenges, consents, delivery_reports, fraud_counters, idempotency_keys, job_runs,
    limit_keys, outbox, passkey_ceremonies, privacy_requests, purge, sessions, sms_budgets, users,
};

use crate::booking::idempotency::REMEMBERED;
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
pub(crate) const COUNTS_KEPT: TimeDelta = TimeDelta::days(HISTORY + 1);

/// What was done to many, and who they were: what was done to each is in the audit for longer.
const BULK_KEPT: TimeDelta = TimeDelta::days(30);

/// How many rows were forgotten, by kind.
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
    /// Moves of a number of which nothing can come any more.
    pub phone_moves: u64,
    /// Requests about data that are closed.
    pub privacy_requests: u64,
    /// Consents of people who are erased.
    pub consents: u64,
    /// Limits that are not in use.
    pub limits: u64,
    /// Counts of the fraud brake.
    pub counters: u64,
    /// People without a number who were erased.
    pub phoneless_users: u64,
    /// Days of the budget.
    pub budgets: u64,
}

impl Purged {
    /// How many of one kind.
    pub const fn of(&self, kept: Kept) -> u64 {
        match kept {
            Kept::PhoneMoves => self.phone_moves,
            Kept::PendingUsers => self.pending_users,
            Kept::Messages => self.messages,
            Kept::Reports => self.reports,
            Kept::Challenges => self.challenges,
            Kept::Sessions => self.sessions,
            Kept::Audit => self.audit,
            Kept::PrivacyRequests => self.privacy_requests,
            Kept::Consents => self.consents,
            Kept::Limits => self.limits,
            Kept::Counters => self.counters,
            Kept::PhonelessUsers => self.phoneless_users,
            Kept::Budgets => self.budgets,
        }
    }

    fn to_json(self) -> Value {
        Kept::ALL.into_iter().map(|kept| (kept.as_str().to_owned(), Value::from(self.of(kept)))).collect::<Map<_, _>>().into()
    }

    /// Reads what a purge left behind; what an older release did not count is none.
    pub(crate) fn read(detail: &Value) -> Self {
        let of = |kept: Kept| detail[kept.as_str()].as_u64().unwrap_or_default();
        Self {
            phone_moves: of(Kept::PhoneMoves),
            pending_users: of(Kept::PendingUsers),
            challenges: of(Kept::Challenges),
            messages: of(Kept::Messages),
            reports: of(Kept::Reports),
            sessions: of(Kept::Sessions),
            audit: of(Kept::Audit),
            privacy_requests: of(Kept::PrivacyRequests),
            consents: of(Kept::Consents),
            limits: of(Kept::Limits),
            counters: of(Kept::Counters),
            phoneless_users: of(Kept::PhonelessUsers),
            budgets: of(Kept::Budgets),
        }
    }
}

/// What a purge would forget now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PurgePlan {
    /// When that was so.
    pub at: DateTime<Utc>,
    /// Every kind, in the order of a purge.
    pub parts: Vec<Forecast>,
}

impl Usecases {
    /// What [`Usecases::purge`] would forget now. It writes nothing, locks nothing, and sees one moment of the database.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn plan_purge(&self) -> Result<PurgePlan, Error> {
        let at = self.parts.clock.now();
        let parts = purge::forecast(&mut self.parts.store.read().await?, &self.bounds(at)).await?;
        Ok(PurgePlan { at, parts })
    }

    /// Before when everything goes, at `now`.
    fn bounds(&self, now: DateTime<Utc>) -> Bounds {
        let keep = self.parts.settings.retention;
        Bounds {
            pending: now - keep.pending,
            phoneless: now - keep.phoneless,
            messages: now - keep.messages,
            challenges: now - keep.challenges,
            sessions: now - keep.sessions,
            audit: now - keep.audit,
            // They are a record as well, and kept as long.
            requests: now - keep.audit,
            consents: now - keep.audit,
            limits: now,
            counters: now - COUNTS_KEPT,
        }
    }

    /// Deletes what is past its retention.
    ///
    /// # Errors
    /// `Unavailable`; what was deleted before stays deleted.
    pub async fn purge(&self) -> Result<Purged, Error> {
        let store = &self.parts.store;
        let bounds = self.bounds(self.parts.clock.now());
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
        let phone_moves = self.settle_phone_moves().await?;
        let people = self.forget_stale_users(bounds.pending).await?;
        let mut done = Purged {
            phone_moves,
            pending_users: people.users,
            messages: in_batches!(bounds.messages, outbox::delete_before),
            reports: in_batches!(bounds.messages, delivery_reports::delete_before),
            challenges: people.challenges + in_batches!(bounds.challenges, challenges::delete_before),
            sessions: in_batches!(bounds.sessions, sessions::delete_before),
            audit: in_batches!(bounds.audit, audit::delete_before),
            privacy_requests: in_batches!(bounds.requests, privacy_requests::delete_before),
            consents: in_batches!(bounds.consents, consents::delete_before),
            limits: in_batches!(bounds.limits, limit_keys::delete_before),
            counters: in_batches!(bounds.counters, fraud_counters::delete_before),
            // After their codes and sessions, so that each is counted where it belongs.
            phoneless_users: self.erase_phoneless(bounds.phoneless).await?,
            budgets: 0,
        };
        // A few minutes' work of a browser each: nothing that anybody would count.
        in_batches!(bounds.limits, passkey_ceremonies::delete_before);
        in_batches!(self.parts.clock.now() - REMEMBERED, idempotency_keys::delete_before);
        in_batches!(self.parts.clock.now() - BULK_KEPT, bulk_runs::delete_before);
        let mut tx = store.write().await?;
        done.budgets = sms_budgets::delete_before(&mut tx, bounds.messages).await?;
        tx.run(job_runs::upsert(job_runs::PURGE, self.parts.clock.now(), &done.to_json())).await?;
        tx.commit().await?;
        Ok(done)
    }

    /// Nobody can sign in there any more and nobody came for it: who they were goes as it would by their own hand.
    async fn erase_phoneless(&self, before: DateTime<Utc>) -> Result<u64, Error> {
        let mut total = 0;
        loop {
            let listed = purge::list_phoneless(&mut self.parts.store.read().await?, before, BATCH).await?;
            let mut erased = 0;
            for id in &listed {
                let mut tries_left = TRIES;
                erased += loop {
                    match self.erase_one_phoneless(*id, before).await {
                        Ok(is_erased) => break u64::from(is_erased),
                        Err(error) => give_way(error, &mut tries_left)?,
                    }
                    tokio::time::sleep(BREATH).await;
                };
                tokio::time::sleep(BREATH).await;
            }
            total += erased;
            if erased == 0 || listed.len() < BATCH as usize {
                return Ok(total);
            }
        }
    }

    /// One transaction. Whoever has a number again since they were listed stays.
    async fn erase_one_phoneless(&self, id: UserId, before: DateTime<Utc>) -> Result<bool, StoreError> {
        let mut tx = self.parts.store.write().await?;
        purge::lock(&mut tx).await?;
        let Some(user) = users::lock(&mut tx, id).await? else { return Ok(false) };
        if !purge::find_is_phoneless(&mut tx, id, before).await? {
            return Ok(false);
        }
        let is_erased = self.erase_and_remember(&mut tx, &user, self.parts.clock.now()).await?;
        tx.run(audit::insert(&self.entry_by("limits", "erased", Some(id), json!({ "is_phoneless": true })))).await?;
        tx.commit().await?;
        Ok(is_erased)
    }

    async fn forget_stale_users(&self, before: DateTime<Utc>) -> Result<Forgotten, Error> {
        let store = &self.parts.store;
        let mut total = Forgotten::default();
        loop {
            let stale = users::list_stale_pending(&mut store.read().await?, before, BATCH).await?;
            let mut deleted = Forgotten::default();
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
            if deleted.users == 0 || stale.len() < BATCH as usize {
                return Ok(total);
            }
        }
    }
}

/// People who never came back, and the challenges that went with them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Forgotten {
    users: u64,
    challenges: u64,
}

impl AddAssign for Forgotten {
    fn add_assign(&mut self, more: Self) {
        self.users += more.users;
        self.challenges += more.challenges;
    }
}

/// One transaction. Somebody who has asked for a code since they were listed stays.
async fn delete_stale_users(store: &Store, people: &[UserId], before: DateTime<Utc>) -> Result<Forgotten, StoreError> {
    let mut tx = store.write().await?;
    purge::lock(&mut tx).await?;
    let mut deleted = Forgotten::default();
    for id in people {
        if users::lock(&mut tx, *id).await?.is_some() {
            deleted.challenges += purge::delete_stale_challenges(&mut tx, *id, before).await?;
            deleted.users += u64::from(purge::delete_stale_user(&mut tx, *id, before).await?);
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
