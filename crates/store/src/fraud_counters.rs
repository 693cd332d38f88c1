//! `fraud_counters` and `fleet_alarms`: what the fraud brake and the fleet guard count, and what they found. Counts are added up here
//! by every process, a second or so late; nobody waits for them.

use chrono::{DateTime, Utc};
use domain::fraud::{Bucket, Counts, Scope};
use serde_json::json;
use sqlx::FromRow;

use crate::dialect::Wording;
use crate::read::{named, number};
use crate::write::{Write, write_of};
use crate::{Backend, Instant, StoreError, Tx};

/// Any number of counts in one bind, a JSON array of arrays: a row each would be another text for every number of rows.
macro_rules! add {
    ($instant:literal, $from:literal) => {
        concat!(
            "INSERT INTO fraud_counters (scope, bucket_at, asked, sent, verified, failed) SELECT value ->> 0, ",
            $instant,
            ", CAST(value ->> 2 AS BIGINT), CAST(value ->> 3 AS BIGINT), CAST(value ->> 4 AS BIGINT), CAST(value ->> 5 AS BIGINT) FROM ",
            $from,
            " WHERE TRUE ON CONFLICT (scope, bucket_at) DO UPDATE SET asked = fraud_counters.asked + excluded.asked,
            sent = fraud_counters.sent + excluded.sent, verified = fraud_counters.verified + excluded.verified, failed = fraud_counters.failed + excluded.failed"
        )
    };
}

pub(crate) const ADD: Wording = Wording {
    sqlite: add!("value ->> 1", "json_each($1)"),
    postgres: add!("CAST(value ->> 1 AS TIMESTAMPTZ)", "jsonb_array_elements(CAST($1 AS JSONB)) AS counts (value)"),
};

/// A row.
pub type Counter = (Scope, Bucket, Counts);

/// Adds to what is there. Each scope and bucket once, and in one order everywhere: it is the order in which rows are locked.
pub fn insert_added(backend: Backend, counters: &[Counter]) -> Write<'static> {
    let rows: Vec<_> = counters
        .iter()
        .map(|(scope, bucket, Counts { asked, sent, verified, failed })| {
            json!([scope.to_string(), Instant(bucket.start()).to_text(), asked, sent, verified, failed])
        })
        .collect();
    write_of!(ADD.of(backend), serde_json::Value::Array(rows).to_string())
}

#[derive(FromRow)]
struct CounterRow {
    scope: String,
    bucket_at: Instant,
    asked: i64,
    sent: i64,
    verified: i64,
    failed: i64,
}

impl TryFrom<CounterRow> for Counter {
    type Error = StoreError;

    fn try_from(row: CounterRow) -> Result<Self, StoreError> {
        let counts = Counts {
            asked: number(row.asked, "fraud_counters.asked")?,
            sent: number(row.sent, "fraud_counters.sent")?,
            verified: number(row.verified, "fraud_counters.verified")?,
            failed: number(row.failed, "fraud_counters.failed")?,
        };
        Ok((named(&row.scope, "fraud_counters.scope", Scope::parse)?, Bucket::of(row.bucket_at.0), counts))
    }
}

// As in the index `fraud_counters_busy_bucket_at_idx`.
pub(crate) const LIST_BUSY: &str = "SELECT scope, bucket_at, asked, sent, verified, failed FROM fraud_counters
    WHERE bucket_at >= $1 AND (scope NOT LIKE 'network:%' OR asked >= 5) ORDER BY bucket_at DESC LIMIT $2";

/// The counts of all scopes in `from` and later but for networks that asked for fewer than five codes in a bucket, the newest first,
/// `limit` at most.
pub async fn list_busy(tx: &mut Tx, from: Bucket, limit: u32) -> Result<Vec<Counter>, StoreError> {
    let rows = fetch!(tx, fetch_all, CounterRow, LIST_BUSY, Instant(from.start()), i64::from(limit))?;
    rows.into_iter().map(Counter::try_from).collect()
}

pub(crate) const LIST: &str = "SELECT scope, bucket_at, asked, sent, verified, failed FROM fraud_counters
    WHERE bucket_at >= $1 AND bucket_at < $2 AND (scope NOT LIKE 'network:%' OR scope IN (
        SELECT scope FROM fraud_counters WHERE bucket_at >= $1 AND bucket_at < $2 GROUP BY scope HAVING sum(asked) >= $3
    )) ORDER BY bucket_at DESC LIMIT $4";

/// The counts of all scopes from `from` to `to`, but for networks that asked for fewer than `fewest` codes in all, the newest first,
/// `limit` at most.
pub async fn list(tx: &mut Tx, from: Bucket, to: Bucket, fewest: u32, limit: u32) -> Result<Vec<Counter>, StoreError> {
    // Up to the end of the last one.
    let (from, to) = (Instant(from.start()), Instant(to.back(-1).start()));
    let rows = fetch!(tx, fetch_all, CounterRow, LIST, from, to, i64::from(fewest), i64::from(limit))?;
    rows.into_iter().map(Counter::try_from).collect()
}

pub(crate) const LIST_FOR_SCOPE: &str = "SELECT scope, bucket_at, asked, sent, verified, failed FROM fraud_counters
    WHERE scope = $1 AND bucket_at >= $2";

/// The counts of one scope in `from` and later.
pub async fn list_for_scope(tx: &mut Tx, scope: Scope, from: Bucket) -> Result<Vec<Counter>, StoreError> {
    let rows = fetch!(tx, fetch_all, CounterRow, LIST_FOR_SCOPE, scope.to_string(), Instant(from.start()))?;
    rows.into_iter().map(Counter::try_from).collect()
}

// Whole buckets, some rows more than the limit: nobody has to know which scope of a bucket comes first.
pub(crate) const DELETE_BEFORE: &str = delete_before!("fraud_counters", "bucket_at", "bucket_at");

/// Forgets the buckets of the `limit` oldest rows of before `before`: how many rows.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}

const FIND_ALARM: &str = "SELECT raised_at FROM fleet_alarms WHERE alarm = 'guesses'";

/// Since when the codes of the whole system are being guessed at, if they are.
pub async fn find_alarm(tx: &mut Tx) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(fetch!(tx, fetch_optional, (Instant,), FIND_ALARM)?.map(|(at,)| at.0))
}

const INSERT_ALARM: &str = "INSERT INTO fleet_alarms (alarm, raised_at) VALUES ('guesses', $1) ON CONFLICT DO NOTHING";

/// Raises the alarm. Guarded: it was not on.
pub fn insert_alarm(now: DateTime<Utc>) -> Write<'static> {
    write_of!(INSERT_ALARM, Instant(now)).guarded()
}

const DELETE_ALARM: &str = "DELETE FROM fleet_alarms WHERE alarm = 'guesses'";

/// Ends it. Guarded: it was on.
pub fn delete_alarm() -> Write<'static> {
    write_of!(DELETE_ALARM).guarded()
}
