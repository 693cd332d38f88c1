//! `job_runs`: when a job last came to its end, on whichever process.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

/// The purge's name.
pub const PURGE: &str = "purge";

const UPSERT: &str = "INSERT INTO job_runs (job, finished_at, detail) VALUES ($1, $2, $3)
    ON CONFLICT (job) DO UPDATE SET finished_at = excluded.finished_at, detail = excluded.detail";

/// It has come to its end, and did this.
pub fn upsert(job: &'static str, now: DateTime<Utc>, detail: &Value) -> Write<'static> {
    write_of!(UPSERT, job, Instant(now), detail.to_string())
}

const FIND: &str = "SELECT finished_at, detail FROM job_runs WHERE job = $1";

/// When it last did, and what it did. `None` when it never has.
pub async fn find(tx: &mut Tx, job: &str) -> Result<Option<(DateTime<Utc>, Value)>, StoreError> {
    let found = fetch!(tx, fetch_optional, (Instant, String), FIND, job)?;
    let read = |(at, detail): (Instant, String)| {
        let detail = serde_json::from_str(&detail);
        Ok((at.0, detail.map_err(|_| StoreError::Inconsistent("job_runs.detail is not JSON".into()))?))
    };
    found.map(read).transpose()
}
