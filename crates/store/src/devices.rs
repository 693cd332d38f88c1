//! `devices`: devices that have signed in before.

use chrono::{DateTime, Utc};
use domain::ids::{DeviceId, UserId};
use sqlx::FromRow;
use uuid::Uuid;

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

#[derive(FromRow)]
struct DeviceRow {
    device_id: Uuid,
    user_id: Uuid,
    epoch: i64,
    created_at: Instant,
    last_used_at: Instant,
}

impl From<DeviceRow> for Device {
    fn from(row: DeviceRow) -> Self {
        Self {
            id: DeviceId(row.device_id),
            user_id: UserId(row.user_id),
            epoch: row.epoch,
            created_at: row.created_at.0,
            last_used_at: row.last_used_at.0,
        }
    }
}

const INSERT: &str = "INSERT INTO devices (device_id, user_id, epoch, created_at, last_used_at) VALUES ($1, $2, $3, $4, $5)";

/// Remembers a device.
pub async fn insert(tx: &mut Tx, device: &Device) -> Result<(), StoreError> {
    let Device { id, user_id, epoch, created_at, last_used_at } = device;
    execute!(tx, INSERT, id.0, user_id.0, epoch, Instant(*created_at), Instant(*last_used_at)).map(|_| ())
}

const FIND_ALIVE: &str = "SELECT devices.device_id, devices.user_id, devices.epoch, devices.created_at, devices.last_used_at
    FROM devices JOIN users ON users.user_id = devices.user_id
    WHERE devices.device_id = $1 AND devices.revoked_at IS NULL AND devices.epoch = users.epoch";

/// The device, unless it was revoked or its owner's epoch has moved on.
pub async fn find_alive(tx: &mut Tx, id: DeviceId) -> Result<Option<Device>, StoreError> {
    Ok(fetch!(tx, fetch_optional, DeviceRow, FIND_ALIVE, id.0)?.map(Device::from))
}

const UPDATE_USED: &str =
    "UPDATE devices SET last_used_at = $2 WHERE device_id = $1 AND revoked_at IS NULL AND last_used_at < $2";

/// It signed in again.
pub async fn update_used(tx: &mut Tx, id: DeviceId, now: DateTime<Utc>) -> Result<(), StoreError> {
    execute!(tx, UPDATE_USED, id.0, Instant(now)).map(|_| ())
}

const UPDATE_REVOKED_FOR_USER: &str = "UPDATE devices SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL";

/// No device of this person is known any more: how many there were.
pub async fn update_revoked_for_user(tx: &mut Tx, user_id: UserId, now: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(tx, UPDATE_REVOKED_FOR_USER, user_id.0, Instant(now))
}
