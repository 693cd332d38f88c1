//! Leasing rows of `outbox` to workers, and what workers report back. Listed in [`crate::outbox`].

use chrono::{DateTime, Utc};
use domain::ids::OutboxId;
use uuid::Uuid;

use crate::challenge_row::challenge_columns;
use crate::dialect::Wording;
use crate::outbox::{Leased, select};
use crate::outbox_row::{OutboxRow, outbox_columns};
use crate::{Instant, StoreError, Tx};

/// The lease, with what `$lock` adds to the pick.
macro_rules! lease {
    ($lock:literal) => {
        concat!(
            "WITH picked AS MATERIALIZED (
                SELECT outbox_id FROM outbox
                WHERE finished_at IS NULL AND (attempts = 0 OR available_at <= $1) AND expires_at > $1 AND phone IS NOT NULL
                AND (leased_until IS NULL OR leased_until <= $1 OR leased_until > $4)
                ORDER BY created_at DESC LIMIT $3",
            $lock,
            "
            )
            UPDATE outbox SET state = 'leased', fence = fence + 1, attempts = attempts + 1, available_at = $1, leased_until = $2,
            bound_provider = provider, provider = COALESCE(provider, $5)
            WHERE outbox_id IN (SELECT outbox_id FROM picked) RETURNING outbox_id"
        )
    };
}

/// Newest first: after an outage, people wait for the code they have just asked for. `SKIP LOCKED`: workers do not wait for each
/// other. The pick is materialised, or `PostgreSQL` may run it again and lease more than asked for.
pub(crate) const LEASE: Wording = Wording { sqlite: lease!(""), postgres: lease!(" FOR UPDATE SKIP LOCKED") };

/// One text reads any number of rows up to this many: unused places repeat an id.
const READ_AT_ONCE: usize = 16;
const READ: &str = select!("WHERE outbox.outbox_id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)");

/// Hands out up to `limit` messages until `until`, newest first: waiting, due and not run out, or leased to somebody whose lease ran
/// out at `now`. Commit before sending.
///
/// They are meant for `provider`; a message that another may have taken already stays with that one. This is written before the call:
/// whoever finds the lease of a dead worker knows whom it may have reached.
///
/// Clocks may have jumped. So a message nobody has tried yet is due whenever it was written, and a lease that ends later than any
/// given now can (twice as far away as `until`) is none.
pub async fn lease(
    tx: &mut Tx,
    provider: &str,
    now: DateTime<Utc>,
    until: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<Leased>, StoreError> {
    let sql = LEASE.of(tx.backend());
    let beyond = until + (until - now);
    let ids = fetch!(tx, fetch_all, (Uuid,), sql, Instant(now), Instant(until), i64::from(limit), Instant(beyond), provider)?;
    let mut rows: Vec<OutboxRow> = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(READ_AT_ONCE) {
        let id = |place: usize| chunk.get(place).unwrap_or(&chunk[0]).0;
        let read = fetch!(
            tx,
            fetch_all,
            OutboxRow,
            READ,
            id(0),
            id(1),
            id(2),
            id(3),
            id(4),
            id(5),
            id(6),
            id(7),
            id(8),
            id(9),
            id(10),
            id(11),
            id(12),
            id(13),
            id(14),
            id(15)
        );
        rows.extend(read?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.created_at()));
    rows.into_iter().map(Leased::try_from).collect()
}

/// A message that a provider took.
#[derive(Clone, Copy, Debug)]
pub struct Taken<'a> {
    /// Who took it.
    pub provider: &'a str,
    /// What the provider calls it.
    pub provider_ref: Option<&'a str>,
    /// How many messages it is on the air.
    pub segments: u32,
    /// What they cost, in millionths of the currency's unit, where the price is known.
    pub cost_micros: Option<i64>,
}

const UPDATE_SENT: &str =
    "UPDATE outbox SET state = 'sent', leased_until = NULL, provider = $3, provider_ref = $4, segments = $5,
    cost_micros = $6, finished_at = $7 WHERE outbox_id = $1 AND fence = $2 AND state = 'leased'";

/// A provider took it: whether the lease was still ours.
pub async fn update_sent(
    tx: &mut Tx,
    id: OutboxId,
    fence: i64,
    taken: Taken<'_>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let Taken { provider, provider_ref, segments, cost_micros } = taken;
    let segments = i32::try_from(segments).unwrap_or(i32::MAX);
    execute!(tx, UPDATE_SENT, id.0, fence, provider, provider_ref, segments, cost_micros, Instant(now)).map(|rows| rows > 0)
}

/// What a provider may have done with a message that is to be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held {
    /// Certainly nothing: any provider may have it.
    Free,
    /// It may have taken it: nobody else gets it.
    Bound,
}

const UPDATE_RETRY: &str = "UPDATE outbox SET state = 'queued', leased_until = NULL, available_at = $3, last_error = $4,
    provider = CASE WHEN $5 THEN provider ELSE NULL END WHERE outbox_id = $1 AND fence = $2 AND state = 'leased'";

/// Try again at `available_at`: whether the lease was still ours. `error` must hold neither phone nor code.
pub async fn update_retry(
    tx: &mut Tx,
    id: OutboxId,
    fence: i64,
    held: Held,
    available_at: DateTime<Utc>,
    error: &str,
) -> Result<bool, StoreError> {
    execute!(tx, UPDATE_RETRY, id.0, fence, Instant(available_at), error, held == Held::Bound).map(|rows| rows > 0)
}

const UPDATE_PROVIDER: &str =
    "UPDATE outbox SET provider = $3, last_error = $4 WHERE outbox_id = $1 AND fence = $2 AND state = 'leased'";

/// Its provider has certainly not taken it, for reason of `error`, and `provider` is asked next: whether the lease is still ours.
/// Commit before asking.
pub async fn update_provider(tx: &mut Tx, id: OutboxId, fence: i64, provider: &str, error: &str) -> Result<bool, StoreError> {
    execute!(tx, UPDATE_PROVIDER, id.0, fence, provider, error).map(|rows| rows > 0)
}

const UPDATE_FAILED: &str = "UPDATE outbox SET state = 'failed', leased_until = NULL, last_error = $3, finished_at = $4
    WHERE outbox_id = $1 AND fence = $2 AND state = 'leased'";

/// It will never be sent: whether the lease was still ours. `error` must hold neither phone nor code.
pub async fn update_failed(tx: &mut Tx, id: OutboxId, fence: i64, error: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
    execute!(tx, UPDATE_FAILED, id.0, fence, error, Instant(now)).map(|rows| rows > 0)
}

const UPDATE_RETURNED: &str = "UPDATE outbox SET state = 'queued', leased_until = NULL, provider = bound_provider
    WHERE outbox_id = $1 AND fence = $2 AND state = 'leased'";

/// Gives a lease back of a message that nobody tried to send: anybody may take it at once. Whether the lease was still ours.
pub async fn update_returned(tx: &mut Tx, id: OutboxId, fence: i64) -> Result<bool, StoreError> {
    execute!(tx, UPDATE_RETURNED, id.0, fence).map(|rows| rows > 0)
}

const UPDATE_RUN_OUT: &str = "UPDATE outbox SET state = 'expired', leased_until = NULL, finished_at = $3
    WHERE outbox_id = $1 AND fence = $2 AND state = 'leased'";

/// It ran out in our hands: whether the lease was still ours.
pub async fn update_run_out(tx: &mut Tx, id: OutboxId, fence: i64, now: DateTime<Utc>) -> Result<bool, StoreError> {
    execute!(tx, UPDATE_RUN_OUT, id.0, fence, Instant(now)).map(|rows| rows > 0)
}

const FIND_NEXT_DUE: &str = "SELECT min(CASE
        WHEN phone IS NULL AND (leased_until IS NULL OR leased_until < expires_at) THEN expires_at
        WHEN leased_until IS NOT NULL THEN leased_until
        WHEN expires_at < available_at THEN expires_at
        ELSE available_at END)
    FROM outbox WHERE finished_at IS NULL";

/// When a worker has something to do next: a message to send, a lease that ran out, or a message that did. `None`: nothing waits.
pub async fn find_next_due(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, StoreError> {
    let (due,) = fetch!(tx, fetch_one, (Option<Instant>,), FIND_NEXT_DUE)?;
    Ok(due.map(DateTime::from))
}
