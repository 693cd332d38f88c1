//! `salon_grants`: who may be what in which salon. What somebody is anywhere stands in `role_grants`.

use chrono::{DateTime, Utc};
use domain::ids::{SalonId, UserId};
use domain::role::Role;
use domain::user::User;
use sqlx::FromRow;
use uuid::Uuid;

use crate::read::{named, number};
use crate::user_row::{UserRow, user_columns};
use crate::{Instant, StoreError, Tx};

/// A role of somebody in a salon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Where.
    pub salon_id: SalonId,
    /// What.
    pub role: Role,
    /// Since when.
    pub granted_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct GrantRow {
    salon_id: Uuid,
    role: String,
    granted_at: Instant,
}

impl TryFrom<GrantRow> for Grant {
    type Error = StoreError;

    fn try_from(row: GrantRow) -> Result<Self, StoreError> {
        let role = named(&row.role, "salon_grants.role", Role::parse)?;
        Ok(Self { salon_id: SalonId(row.salon_id), role, granted_at: row.granted_at.0 })
    }
}

const INSERT: &str = "INSERT INTO salon_grants (salon_id, user_id, role, granted_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (salon_id, user_id, role) DO NOTHING";

/// Grants a role in a salon: whether it is new. Put it into `role_grants` as well.
pub async fn insert(tx: &mut Tx, salon: SalonId, user: UserId, role: Role, now: DateTime<Utc>) -> Result<bool, StoreError> {
    execute!(tx, INSERT, salon.0, user.0, role.as_str(), Instant(now)).map(|rows| rows > 0)
}

const DELETE: &str = "DELETE FROM salon_grants WHERE salon_id = $1 AND user_id = $2 AND role = $3";

/// Takes a role in a salon away: whether it was there.
pub async fn delete(tx: &mut Tx, salon: SalonId, user: UserId, role: Role) -> Result<bool, StoreError> {
    execute!(tx, DELETE, salon.0, user.0, role.as_str()).map(|rows| rows > 0)
}

const DELETE_FOR_USER: &str = "DELETE FROM salon_grants WHERE user_id = $1";

/// Takes all roles in all salons away: how many there were.
pub async fn delete_for_user(tx: &mut Tx, user: UserId) -> Result<u64, StoreError> {
    execute!(tx, DELETE_FOR_USER, user.0)
}

pub(crate) const LIST_ROLES: &str = "SELECT salon_id, role, granted_at FROM salon_grants WHERE salon_id = $1 AND user_id = $2";

/// What somebody is in a salon.
pub async fn list_roles(tx: &mut Tx, salon: SalonId, user: UserId) -> Result<Vec<Role>, StoreError> {
    let rows = fetch!(tx, fetch_all, GrantRow, LIST_ROLES, salon.0, user.0)?;
    rows.into_iter().map(|row| Grant::try_from(row).map(|grant| grant.role)).collect()
}

pub(crate) const LIST_OF_USER: &str =
    "SELECT salon_id, role, granted_at FROM salon_grants WHERE user_id = $1 ORDER BY salon_id, role";

/// What somebody is where.
pub async fn list_of_user(tx: &mut Tx, user: UserId) -> Result<Vec<Grant>, StoreError> {
    fetch!(tx, fetch_all, GrantRow, LIST_OF_USER, user.0)?.into_iter().map(Grant::try_from).collect()
}

#[derive(FromRow)]
struct HolderRow {
    granted: String,
    granted_at: Instant,
    #[sqlx(flatten)]
    user: UserRow,
}

pub(crate) const LIST_OF_SALON: &str = concat!(
    "SELECT salon_grants.role AS granted, salon_grants.granted_at, ",
    user_columns!(),
    " FROM salon_grants JOIN users ON users.user_id = salon_grants.user_id WHERE salon_grants.salon_id = $1
    ORDER BY salon_grants.granted_at, salon_grants.user_id"
);

/// Who is what in a salon, since when; the first first.
pub async fn list_of_salon(tx: &mut Tx, salon: SalonId) -> Result<Vec<(User, Role, DateTime<Utc>)>, StoreError> {
    let rows = fetch!(tx, fetch_all, HolderRow, LIST_OF_SALON, salon.0)?;
    rows.into_iter()
        .map(|row| Ok((row.user.try_into()?, named(&row.granted, "salon_grants.role", Role::parse)?, row.granted_at.0)))
        .collect()
}

pub(crate) const COUNT_OTHER_OWNERS: &str = "SELECT CAST(count(*) AS BIGINT) FROM salon_grants
    WHERE salon_id = $1 AND role = 'owner' AND user_id <> $2
    AND (SELECT users.status = 'active' AND NOT users.is_sandbox FROM users WHERE users.user_id = salon_grants.user_id)";

/// How many people besides this one own a salon and can use it.
pub async fn count_other_owners(tx: &mut Tx, salon: SalonId, user: UserId) -> Result<u64, StoreError> {
    let (count,) = fetch!(tx, fetch_one, (i64,), COUNT_OTHER_OWNERS, salon.0, user.0)?;
    number(count, "count")
}

pub(crate) const COUNT_OF_USER: &str = "SELECT CAST(count(*) AS BIGINT) FROM salon_grants WHERE user_id = $1 AND role = $2";

/// In how many salons somebody is that.
pub async fn count_of_user(tx: &mut Tx, user: UserId, role: Role) -> Result<u64, StoreError> {
    let (count,) = fetch!(tx, fetch_one, (i64,), COUNT_OF_USER, user.0, role.as_str())?;
    number(count, "count")
}
