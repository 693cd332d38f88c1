//! What a purge needs besides `delete_before` of each table: its turn, people who may be forgotten, and counts for a dry run.

use chrono::{DateTime, Utc};
use domain::ids::UserId;

use crate::read::number;
use crate::{Backend, Instant, StoreError, Tx};

// The number is this lock's name ("SALON" in ASCII). The time-out is shorter than the second after which PostgreSQL looks for
// deadlocks: should a purge and a request ever wait for each other, it is the purge that gives way.
const LOCK: &str = "SELECT pg_advisory_xact_lock(357577805646), set_config('lock_timeout', '500', TRUE)";

/// Waits until no other purge deletes, on any node: two deletions that cascade into each other's rows could wait for each other.
/// Then makes this transaction the one that gives way: it waits half a second for a row at most. `SQLite` has one writer anyway.
pub async fn lock(tx: &mut Tx) -> Result<(), StoreError> {
    match tx.backend() {
        Backend::Sqlite => Ok(()),
        Backend::Postgres => execute!(tx, LOCK).map(|_| ()),
    }
}

/// Who came by themselves before `$before`, never proved the phone, and has asked for no code since.
macro_rules! stale {
    ($before:literal) => {
        concat!(
            "users.status = 'pending' AND users.origin = 'self_service' AND users.created_at < ",
            $before,
            " AND NOT EXISTS (SELECT 1 FROM challenges WHERE challenges.user_id = users.user_id AND challenges.created_at >= ",
            $before,
            ")"
        )
    };
}

const DELETE_STALE_USER: &str = concat!("DELETE FROM users WHERE users.user_id = $1 AND ", stale!("$2"));

/// Forgets a person found by [`crate::users::list_stale_pending`], with their challenges: whether they were still stale. Call it
/// with the person locked: a request for a code that was under way when they were listed is seen only then.
pub async fn delete_stale_user(tx: &mut Tx, id: UserId, before: DateTime<Utc>) -> Result<bool, StoreError> {
    execute!(tx, DELETE_STALE_USER, id.0, Instant(before)).map(|rows| rows > 0)
}

macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident: $table:literal, $where:expr;)*) => {$(
        $(#[$doc])*
        pub async fn $name(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
            const SQL: &str = concat!("SELECT CAST(count(*) AS BIGINT) FROM ", $table, " WHERE ", $where);
            let (count,) = fetch!(tx, fetch_one, (i64,), SQL, Instant(before))?;
            number(count, "count")
        }
    )*};
}

/// How many rows of before `before` each table has: what its `delete_before` would delete.
pub mod count {
    use super::{DateTime, Instant, StoreError, Tx, Utc, number};

    counts! {
        /// People who may be forgotten.
        stale_users: "users", stale!("$1");
        /// Challenges.
        challenges: "challenges", "expires_at < $1";
        /// Messages.
        outbox: "outbox", "finished_at < $1";
        /// Delivery reports.
        delivery_reports: "delivery_reports", "received_at < $1";
        /// Sessions.
        sessions: "sessions", "idle_expires_at < $1";
    }

    pub use crate::audit::count_before as audit;
}
