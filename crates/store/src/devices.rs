//! `devices`: devices that have signed in before.

use chrono::{DateTime, Utc};
use domain::ids::{DeviceId, SessionId, UserId};
use sqlx::{ColumnIndex, Decode, FromRow, Row, Type};
use uuid::Uuid;

use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

/// A device that has signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Key.
    pub id: DeviceId,
    /// Whose.
    pub user_id: UserId,
    /// The user's epoch when it signed in.
    pub epoch: i64,
    /// First sign-in.
    pub created_at: DateTime<Utc>,
    /// Last sign-in.
    pub last_used_at: DateTime<Utc>,
}

/// A device that its owner could still be known by: of their epoch, not revoked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// Key.
    pub id: DeviceId,
    /// How many times its token was rotated.
    pub generation: i64,
    /// Last sign-in.
    pub last_used_at: DateTime<Utc>,
}

/// The columns of [`MaybeKnownRow`].
macro_rules! known_columns {
    () => {
        "devices.device_id AS known_device_id, devices.generation AS known_generation, devices.last_used_at AS known_used_at"
    };
}

/// Joins the device `$id`, when it is a known one of the user.
macro_rules! join_known {
    ($id:literal) => {
        concat!(
            " LEFT JOIN devices ON devices.device_id = ",
            $id,
            " AND devices.user_id = users.user_id AND devices.epoch = users.epoch AND devices.revoked_at IS NULL"
        )
    };
}

pub(crate) use {join_known, known_columns};

/// The known device of a row that need not have one (a left join).
pub(crate) struct MaybeKnownRow(pub Option<Known>);

impl<'r, R: Row> FromRow<'r, R> for MaybeKnownRow
where
    Option<Uuid>: Decode<'r, R::Database> + Type<R::Database>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    Instant: Decode<'r, R::Database> + Type<R::Database>,
    &'static str: ColumnIndex<R>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        let Some(id) = row.try_get::<Option<Uuid>, _>("known_device_id")? else { return Ok(Self(None)) };
        let last_used_at = row.try_get::<Instant, _>("known_used_at")?.0;
        Ok(Self(Some(Known { id: DeviceId(id), generation: row.try_get("known_generation")?, last_used_at })))
    }
}

pub(crate) const FIND_KNOWN: &str =
    concat!("SELECT ", known_columns!(), " FROM users", join_known!("$2"), " WHERE users.user_id = $1");

/// The device of this id, if this person is known by it.
pub async fn find_known(tx: &mut Tx, user_id: UserId, id: DeviceId) -> Result<Option<Known>, StoreError> {
    Ok(fetch!(tx, fetch_optional, MaybeKnownRow, FIND_KNOWN, user_id.0, id.0)?.and_then(|MaybeKnownRow(known)| known))
}

const INSERT: &str = "INSERT INTO devices (device_id, user_id, epoch, created_at, last_used_at) VALUES ($1, $2, $3, $4, $5)";

/// Remembers a device.
pub fn insert(device: &Device) -> Write<'static> {
    let Device { id, user_id, epoch, created_at, last_used_at } = *device;
    write_of!(INSERT, id.0, user_id.0, epoch, Instant(created_at), Instant(last_used_at))
}

const UPDATE_USED: &str = "UPDATE devices SET generation = $2,
    last_used_at = CASE WHEN last_used_at > $3 THEN last_used_at ELSE $3 END
    WHERE device_id = $1 AND revoked_at IS NULL AND generation < $2";

/// It signed in again, and its token is now of `generation`. Neither ever moves back.
pub fn update_used(id: DeviceId, generation: i64, now: DateTime<Utc>) -> Write<'static> {
    write_of!(UPDATE_USED, id.0, generation, Instant(now))
}

// Reads of the session what no write changes: it may stand in a batch that ends it.
const UPDATE_REVOKED_WITH: &str =
    "UPDATE devices SET revoked_at = $4 WHERE user_id = $2 AND revoked_at IS NULL AND device_id <> $3
    AND device_id = (SELECT sessions.device_id FROM sessions WHERE sessions.session_id = $1 AND sessions.user_id = $2)";

/// The device of this session is not known any more, unless it is the device `here` too.
pub fn update_revoked_with(session: SessionId, user_id: UserId, here: Option<DeviceId>, now: DateTime<Utc>) -> Write<'static> {
    // No device has the nil id.
    let here = here.map_or_else(Uuid::nil, |id| id.0);
    write_of!(UPDATE_REVOKED_WITH, session.0, user_id.0, here, Instant(now))
}

const UPDATE_REVOKED_OTHERS: &str =
    "UPDATE devices SET revoked_at = $3 WHERE user_id = $1 AND revoked_at IS NULL AND device_id <> $2";

/// No device of this person is known any more but the one `here`.
pub fn update_revoked_others(user_id: UserId, here: Option<DeviceId>, now: DateTime<Utc>) -> Write<'static> {
    let here = here.map_or_else(Uuid::nil, |id| id.0);
    write_of!(UPDATE_REVOKED_OTHERS, user_id.0, here, Instant(now))
}

const UPDATE_REVOKED_FOR_USER: &str = "UPDATE devices SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL";

/// No device of this person is known any more: how many there were.
pub async fn update_revoked_for_user(tx: &mut Tx, user_id: UserId, now: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(tx, UPDATE_REVOKED_FOR_USER, user_id.0, Instant(now))
}
