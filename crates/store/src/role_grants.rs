//! `role_grants`: who may be what besides a customer.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::role::Role;

use crate::read::number;
use crate::{Backend, Instant, StoreError, Tx};

// The number is this lock's name ("ROLES" in ASCII).
const LOCK: &str = "SELECT pg_advisory_xact_lock(353517716819)";

/// Waits until nobody else changes who may do what, on any node, and keeps the others waiting until this transaction ends. Rows would not
/// do: who is blocked is no longer an admin, and that is not to be seen in the row of the grant. `SQLite` has one writer anyway.
pub async fn lock(tx: &mut Tx) -> Result<(), StoreError> {
    match tx.backend() {
        Backend::Sqlite => Ok(()),
        Backend::Postgres => execute!(tx, LOCK).map(|_| ()),
    }
}

// Asked row by row, because those with a role are few: a join would read all people first.
const COUNT_OTHERS: &str = "SELECT CAST(count(*) AS BIGINT) FROM role_grants WHERE role = $1 AND user_id <> $2
    AND (SELECT users.status = 'active' AND NOT users.is_sandbox FROM users WHERE users.user_id = role_grants.user_id)";

/// How many people besides this one have a role and can use it.
pub async fn count_others(tx: &mut Tx, user: UserId, role: Role) -> Result<u64, StoreError> {
    let (count,) = fetch!(tx, fetch_one, (i64,), COUNT_OTHERS, role.as_str(), user.0)?;
    number(count, "count")
}

const INSERT: &str =
    "INSERT INTO role_grants (user_id, role, granted_at) VALUES ($1, $2, $3) ON CONFLICT (user_id, role) DO NOTHING";

/// Grants a role: whether it is new.
pub async fn insert(tx: &mut Tx, user: UserId, role: Role, now: DateTime<Utc>) -> Result<bool, StoreError> {
    execute!(tx, INSERT, user.0, role.as_str(), Instant(now)).map(|rows| rows > 0)
}

const DELETE: &str = "DELETE FROM role_grants WHERE user_id = $1 AND role = $2";

/// Takes a role away: whether it was there.
pub async fn delete(tx: &mut Tx, user: UserId, role: Role) -> Result<bool, StoreError> {
    execute!(tx, DELETE, user.0, role.as_str()).map(|rows| rows > 0)
}

const DELETE_FOR_USER: &str = "DELETE FROM role_grants WHERE user_id = $1";

/// Takes all roles away: how many there were.
pub async fn delete_for_user(tx: &mut Tx, user: UserId) -> Result<u64, StoreError> {
    execute!(tx, DELETE_FOR_USER, user.0)
}
