//! `devices`: devices that have signed in before.

use chrono::{DateTime, Utc};
use domain::ids::{DeviceId, UserId};

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

const INSERT: &str = "INSERT INTO devices (device_id, user_id, epoch, created_at, last_used_at) VALUES ($1, $2, $3, $4, $5)";

/// Remembers a device.
pub fn insert(device: &Device) -> Write<'static> {
    let Device { id, user_id, epoch, created_at, last_used_at } = *device;
    write_of!(INSERT, id.0, user_id.0, epoch, Instant(created_at), Instant(last_used_at))
}

const UPDATE_USED: &str =
    "UPDATE devices SET last_used_at = $2 WHERE device_id = $1 AND revoked_at IS NULL AND last_used_at < $2";

/// It signed in again.
pub fn update_used(id: DeviceId, now: DateTime<Utc>) -> Write<'static> {
    write_of!(UPDATE_USED, id.0, Instant(now))
}

const UPDATE_REVOKED_FOR_USER: &str = "UPDATE devices SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL";

/// No device of this person is known any more: how many there were.
pub async fn update_revoked_for_user(tx: &mut Tx, user_id: UserId, now: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(tx, UPDATE_REVOKED_FOR_USER, user_id.0, Instant(now))
}
