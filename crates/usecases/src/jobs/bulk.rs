//! Doing to each person of a run what somebody said yes to. Any number of processes may: one works on a run at a time, and whoever finds
//! the lease of a dead worker goes on where that one was. What is done to a person and that it was done are one transaction.

use std::time::Duration;

use chrono::TimeDelta;
use domain::ids::UserId;
use domain::people::{BulkAct, BulkOutcome, LeftOut};
use domain::session::EndReason;
use domain::user::UserStatus;
use serde_json::json;
use store::audit::{self, NewAudit};
use store::bulk_lease::{self, Lease};
use store::bulk_runs::{self, Run};
use store::{Tx, devices, sessions, users};
use tokio::sync::watch;

use super::pause::pause;
use crate::{Error, Usecases, chain};

/// How long a worker may be silent before another goes on.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// People a transaction: who signs in meanwhile waits behind it.
const BATCH: u32 = 20;
/// People before it is looked whether to stop.
const STRETCH: u32 = 200;
/// Between two batches, so that everybody else has their turn.
const BREATH: Duration = Duration::from_millis(5);
/// Between two looks for runs that another process was given.
const LOOK: Duration = Duration::from_secs(5);

impl Usecases {
    /// Works on runs until `most` people have had their turn or nobody is left: how many had. What is left then may be taken over at
    /// once.
    ///
    /// # Errors
    /// `Unavailable`; it goes on where it was, when the lease is over.
    pub async fn work_on_bulk(&self, most: u32) -> Result<u32, Error> {
        let mut done = 0;
        while done < most {
            let Some(lease) = self.lease_bulk().await? else { break };
            while let Some(turns) = self.bulk_batch(lease, (most - done).min(BATCH)).await? {
                done += turns;
                if done >= most {
                    let mut tx = self.parts.store.write().await?;
                    bulk_lease::update_returned(&mut tx, lease).await?;
                    tx.commit().await?;
                    break;
                }
                tokio::time::sleep(BREATH).await;
            }
        }
        Ok(done)
    }

    /// Does so whenever there is something to do, until told to stop.
    pub async fn keep_working_on_bulk(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            match self.work_on_bulk(STRETCH).await {
                Ok(turns) if turns > 0 => continue,
                Ok(_) => {}
                Err(error) => tracing::warn!(error = %chain(&error), "an act on many people is held up"),
            }
            tokio::select! {
                () = self.bulk_started.notified() => {}
                () = pause(LOOK, &mut stop) => {}
            }
        }
    }

    async fn lease_bulk(&self) -> Result<Option<Lease>, Error> {
        let now = self.parts.clock.now();
        if !bulk_lease::find_due(&mut self.parts.store.read().await?, now, now + LEASE).await? {
            return Ok(None);
        }
        let mut tx = self.parts.store.write().await?;
        let lease = bulk_lease::lease(&mut tx, now, now + LEASE).await?;
        tx.commit().await?;
        Ok(lease)
    }

    /// The next people of a run: how many. `None`: there is nobody left, or it is no longer ours.
    async fn bulk_batch(&self, lease: Lease, limit: u32) -> Result<Option<u32>, Error> {
        let is_ours = |error: &Error| !matches!(error, Error::Unavailable { .. });
        let mut turns = self.bulk_step(lease, limit).await;
        if limit > 1 && turns.as_ref().is_err_and(is_ours) {
            // Somebody among them cannot be done: one at a time it is seen who, and the others do not suffer.
            turns = self.bulk_step(lease, 1).await;
        }
        match turns {
            Err(error) if is_ours(&error) => {
                tracing::error!(run = %lease.run, error = %chain(&error), "somebody could not be acted on");
                self.bulk_failed(lease).await
            }
            turns => turns,
        }
    }

    async fn bulk_step(&self, lease: Lease, limit: u32) -> Result<Option<u32>, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        if !bulk_lease::update_renewed(&mut tx, lease, now + LEASE).await? {
            return Ok(None);
        }
        let run = bulk_runs::find(&mut tx, lease.run).await?.ok_or(Error::NotFound)?;
        let mut waiting = bulk_lease::list_waiting(&mut tx, lease.run, limit).await?;
        if waiting.is_empty() {
            bulk_lease::update_finished(&mut tx, lease, now).await?;
            tx.commit().await?;
            return Ok(None);
        }
        // Whoever began it may have been blocked since, or have another role.
        let actor = users::find(&mut tx, run.actor).await?;
        let may = |role: &domain::role::Role| role.may(run.act.permission());
        if !actor.is_some_and(|actor| actor.status == UserStatus::Active && actor.roles.iter().any(may)) {
            let rest = bulk_lease::update_all_outcomes(&mut tx, run.id, BulkOutcome::Skipped(LeftOut::NotAllowed)).await?;
            tx.commit().await?;
            return Ok(Some(u32::try_from(rest).unwrap_or(u32::MAX)));
        }
        // Two runs about the same people lock them in the same order.
        waiting.sort_unstable_by_key(|(_, id)| *id);
        for (position, id) in &waiting {
            let outcome = self.act_on(&mut tx, &run, *id).await?;
            bulk_lease::update_outcome(&mut tx, run.id, *position, outcome).await?;
        }
        tx.commit().await?;
        Ok(Some(u32::try_from(waiting.len()).unwrap_or(u32::MAX)))
    }

    /// The next one of a run failed for a reason of ours.
    async fn bulk_failed(&self, lease: Lease) -> Result<Option<u32>, Error> {
        let mut tx = self.parts.store.write().await?;
        if !bulk_lease::update_renewed(&mut tx, lease, self.parts.clock.now() + LEASE).await? {
            return Ok(None);
        }
        for (position, _) in bulk_lease::list_waiting(&mut tx, lease.run, 1).await? {
            bulk_lease::update_outcome(&mut tx, lease.run, position, BulkOutcome::Failed).await?;
        }
        tx.commit().await?;
        Ok(Some(1))
    }

    /// What the single act does, by its rules, with the run in its audit entry.
    async fn act_on(&self, tx: &mut Tx, run: &Run, id: UserId) -> Result<BulkOutcome, Error> {
        let now = self.parts.clock.now();
        let Some(user) = users::lock(tx, id).await? else { return Ok(BulkOutcome::Skipped(LeftOut::Gone)) };
        if let Some(why) = run.act.leaves_out(run.actor, &user) {
            return Ok(BulkOutcome::Skipped(why));
        }
        let (action, detail) = match run.act {
            BulkAct::Block => {
                self.set_blocked(tx, id, true).await?;
                ("user_blocked", json!({ "run": run.id, "reason": run.reason }))
            }
            BulkAct::Unblock => {
                self.set_blocked(tx, id, false).await?;
                ("user_unblocked", json!({ "run": run.id }))
            }
            BulkAct::EndSessions => {
                let ended = tx.count(sessions::update_ended_others(id, None, EndReason::Revoked, now)).await?;
                if ended == 0 {
                    return Ok(BulkOutcome::Skipped(LeftOut::NotSignedIn));
                }
                tx.run(devices::update_revoked_others(id, None, now)).await?;
                ("all_sessions_ended", json!({ "run": run.id, "count": ended }))
            }
            // A file is not made beside the requests, and nobody begins one.
            BulkAct::Export => return Ok(BulkOutcome::Failed),
        };
        let entry = self.entry_by(&run.actor.to_string(), action, Some(id), detail);
        tx.run(audit::insert(&NewAudit { session: Some(run.session), ..entry })).await?;
        Ok(BulkOutcome::Done)
    }
}
