//! `role_grants`: who may be what besides a customer.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::role::Role;

use crate::{Instant, StoreError, Tx};

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
