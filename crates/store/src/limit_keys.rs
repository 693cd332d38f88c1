//! `limit_keys`: rows that exist to be locked, so that counting what a key has used and writing one more use are one step.

use chrono::{DateTime, Utc};
use domain::keys::LimitKey;

use crate::{Instant, StoreError, Tx};

const LOCK_ONE: &str = "INSERT INTO limit_keys (limit_key, touched_at) VALUES ($1, $2)
    ON CONFLICT (limit_key) DO UPDATE SET touched_at = excluded.touched_at";

const LOCK_TWO: &str = "INSERT INTO limit_keys (limit_key, touched_at) VALUES ($1, $2), ($3, $2)
    ON CONFLICT (limit_key) DO UPDATE SET touched_at = excluded.touched_at";

/// Makes everybody else who wants one of `keys` wait until this transaction ends. Rows are locked in the given order; all callers
/// must give it the same way (the address before the phone), or two of them can wait for each other.
/// One statement for one or two keys.
pub async fn lock(tx: &mut Tx, keys: &[LimitKey], now: DateTime<Utc>) -> Result<(), StoreError> {
    match keys {
        // One upsert may not touch a row twice.
        [first, second] if first != second => execute!(tx, LOCK_TWO, &first.0[..], Instant(now), &second.0[..]).map(|_| ()),
        [first, _] => execute!(tx, LOCK_ONE, &first.0[..], Instant(now)).map(|_| ()),
        keys => {
            for key in keys {
                execute!(tx, LOCK_ONE, &key.0[..], Instant(now))?;
            }
            Ok(())
        }
    }
}

const DELETE_BEFORE: &str = delete_before!("limit_keys", "limit_key", "touched_at");

/// Forgets up to `limit` keys not touched since `before`: how many.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}
