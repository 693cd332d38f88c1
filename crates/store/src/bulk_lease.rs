//! Working on a run of `bulk_runs`: one worker at a time, and whoever comes after one who died.

use chrono::{DateTime, Utc};
use domain::ids::{BulkRunId, UserId};
use domain::people::BulkOutcome;
use uuid::Uuid;

use crate::dialect::Wording;
use crate::{Instant, StoreError, Tx};

/// The lease, with what `$lock` adds to the pick.
macro_rules! lease {
    ($lock:literal) => {
        concat!(
            "WITH picked AS MATERIALIZED (
                SELECT run_id FROM bulk_runs WHERE state = 'running' AND (leased_until IS NULL OR leased_until <= $1 OR leased_until > $3)
                ORDER BY started_at LIMIT 1",
            $lock,
            "
            )
            UPDATE bulk_runs SET fence = fence + 1, leased_until = $2 WHERE run_id IN (SELECT run_id FROM picked) RETURNING run_id, fence"
        )
    };
}

/// `SKIP LOCKED`: a run whose row is held is being worked on.
pub(crate) const LEASE: Wording = Wording { sqlite: lease!(""), postgres: lease!(" FOR UPDATE SKIP LOCKED") };

/// A run in somebody's hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Which.
    pub run: BulkRunId,
    /// Good as long as it is the run's.
    pub fence: i64,
}

pub(crate) const HAS_DUE: &str = "SELECT CAST(count(*) AS BIGINT) FROM bulk_runs
    WHERE state = 'running' AND (leased_until IS NULL OR leased_until <= $1 OR leased_until > $2)";

/// Whether a run waits for somebody. Only reads: most of the time there is none.
pub async fn find_due(tx: &mut Tx, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<bool, StoreError> {
    let (due,) = fetch!(tx, fetch_one, (i64,), HAS_DUE, Instant(now), Instant(beyond(now, until)))?;
    Ok(due > 0)
}

/// Hands out the oldest run that nobody works on, until `until`. Commit before working on it.
pub async fn lease(tx: &mut Tx, now: DateTime<Utc>, until: DateTime<Utc>) -> Result<Option<Lease>, StoreError> {
    let sql = LEASE.of(tx.backend());
    let row = fetch!(tx, fetch_optional, (Uuid, i64), sql, Instant(now), Instant(until), Instant(beyond(now, until)))?;
    Ok(row.map(|(run, fence)| Lease { run: BulkRunId(run), fence }))
}

/// Clocks may have jumped: a lease that ends later than any given now can is none.
fn beyond(now: DateTime<Utc>, until: DateTime<Utc>) -> DateTime<Utc> {
    until + (until - now)
}

const UPDATE_RENEWED: &str = "UPDATE bulk_runs SET leased_until = $3 WHERE run_id = $1 AND fence = $2 AND state = 'running'";

/// Keeps it until `until`, and the run's row locked until this transaction ends: whether the lease is still ours.
pub async fn update_renewed(tx: &mut Tx, lease: Lease, until: DateTime<Utc>) -> Result<bool, StoreError> {
    execute!(tx, UPDATE_RENEWED, lease.run.0, lease.fence, Instant(until)).map(|rows| rows > 0)
}

const UPDATE_RETURNED: &str = "UPDATE bulk_runs SET leased_until = NULL WHERE run_id = $1 AND fence = $2 AND state = 'running'";

/// Gives it back with people left: anybody may take it at once. Whether the lease was still ours.
pub async fn update_returned(tx: &mut Tx, lease: Lease) -> Result<bool, StoreError> {
    execute!(tx, UPDATE_RETURNED, lease.run.0, lease.fence).map(|rows| rows > 0)
}

const UPDATE_FINISHED: &str = "UPDATE bulk_runs SET state = 'finished', finished_at = $3, leased_until = NULL, reason = NULL
    WHERE run_id = $1 AND fence = $2 AND state = 'running'
    AND NOT EXISTS (SELECT 1 FROM bulk_run_people WHERE bulk_run_people.run_id = bulk_runs.run_id AND bulk_run_people.outcome IS NULL)";

/// Everybody has had their turn: whether that is so, and the lease was still ours. The reason was for them, and may name somebody.
pub async fn update_finished(tx: &mut Tx, lease: Lease, now: DateTime<Utc>) -> Result<bool, StoreError> {
    execute!(tx, UPDATE_FINISHED, lease.run.0, lease.fence, Instant(now)).map(|rows| rows > 0)
}

pub(crate) const LIST_WAITING: &str = "SELECT position, user_id FROM bulk_run_people WHERE run_id = $1 AND outcome IS NULL
    ORDER BY position LIMIT $2";

/// The next people of a run, up to `limit`, with their places.
pub async fn list_waiting(tx: &mut Tx, run: BulkRunId, limit: u32) -> Result<Vec<(i32, UserId)>, StoreError> {
    let rows = fetch!(tx, fetch_all, (i32, Uuid), LIST_WAITING, run.0, i64::from(limit))?;
    Ok(rows.into_iter().map(|(position, id)| (position, UserId(id))).collect())
}

const UPDATE_OUTCOME: &str =
    "UPDATE bulk_run_people SET outcome = $3, reason = $4 WHERE run_id = $1 AND position = $2 AND outcome IS NULL";

/// What became of somebody: whether it was their turn. Never changes once written.
pub async fn update_outcome(tx: &mut Tx, run: BulkRunId, position: i32, outcome: BulkOutcome) -> Result<bool, StoreError> {
    execute!(tx, UPDATE_OUTCOME, run.0, position, outcome.as_str(), outcome.reason()).map(|rows| rows > 0)
}

const UPDATE_ALL_OUTCOMES: &str = "UPDATE bulk_run_people SET outcome = $2, reason = $3 WHERE run_id = $1 AND outcome IS NULL";

/// The same for all whose turn is still to come: how many.
pub async fn update_all_outcomes(tx: &mut Tx, run: BulkRunId, outcome: BulkOutcome) -> Result<u64, StoreError> {
    execute!(tx, UPDATE_ALL_OUTCOMES, run.0, outcome.as_str(), outcome.reason())
}
