//! A row of `users` with its roles, for every statement that reads one.

use domain::ids::UserId;
use domain::role::Role;
use domain::user::{User, UserOrigin, UserStatus};
use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};
use uuid::Uuid;

use crate::read::{locale, named, phone};
use crate::{Instant, StoreError};

/// The columns of [`UserRow`]. Their order must not matter: they are read by name.
macro_rules! user_columns {
    () => {
        "users.user_id, users.phone, users.status, users.is_phone_verified, users.epoch, users.given_name, users.family_name, \
         users.email, users.locale, users.origin, users.is_sandbox, users.created_at, users.last_seen_at, \
         (SELECT string_agg(role_grants.role, ',') FROM role_grants WHERE role_grants.user_id = users.user_id) AS roles"
    };
}

pub(crate) use user_columns;

#[derive(FromRow)]
pub(crate) struct UserRow {
    user_id: Uuid,
    phone: Option<String>,
    status: String,
    is_phone_verified: bool,
    epoch: i64,
    given_name: Option<String>,
    family_name: Option<String>,
    email: Option<String>,
    locale: String,
    origin: String,
    is_sandbox: bool,
    created_at: Instant,
    last_seen_at: Option<Instant>,
    roles: Option<String>,
}

/// The user of a row that need not have one (a left join).
pub(crate) struct MaybeUserRow(pub Option<UserRow>);

impl<'r, R: Row> FromRow<'r, R> for MaybeUserRow
where
    UserRow: FromRow<'r, R>,
    Option<Uuid>: Decode<'r, R::Database> + Type<R::Database>,
    &'static str: ColumnIndex<R>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        match row.try_get::<Option<Uuid>, _>("user_id")? {
            Some(_) => UserRow::from_row(row).map(Some).map(Self),
            None => Ok(Self(None)),
        }
    }
}

impl TryFrom<MaybeUserRow> for Option<User> {
    type Error = StoreError;

    fn try_from(row: MaybeUserRow) -> Result<Self, StoreError> {
        row.0.map(User::try_from).transpose()
    }
}

impl TryFrom<UserRow> for User {
    type Error = StoreError;

    fn try_from(row: UserRow) -> Result<Self, StoreError> {
        let status = named(&row.status, "users.status", UserStatus::parse)?;
        // A role offered to somebody who has not proved the phone is not in force, and testers have none.
        let may_have = status != UserStatus::Pending && !row.is_sandbox;
        let granted = row.roles.as_deref().filter(|_| may_have).unwrap_or_default();
        let mut roles = granted
            .split(',')
            .filter(|role| !role.is_empty())
            .map(|role| named(role, "role_grants.role", Role::parse))
            .collect::<Result<Vec<_>, _>>()?;
        roles.sort_unstable();
        Ok(Self {
            id: UserId(row.user_id),
            phone: row.phone.as_deref().map(|text| phone(text, "users.phone")).transpose()?,
            status,
            is_phone_verified: row.is_phone_verified,
            epoch: row.epoch,
            given_name: row.given_name,
            family_name: row.family_name,
            email: row.email,
            locale: locale(&row.locale, "users.locale")?,
            origin: named(&row.origin, "users.origin", UserOrigin::parse)?,
            is_sandbox: row.is_sandbox,
            roles,
            created_at: row.created_at.0,
            last_seen_at: row.last_seen_at.map(|at| at.0),
        })
    }
}
