//! `time_off`: stretches of real time in which somebody is not there.

use chrono::{DateTime, Utc};
use domain::ids::{StaffId, TimeOffId};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{Instant, StoreError, Tx};

/// A stretch of time off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeOff {
    /// Key. Newer ones sort last.
    pub id: TimeOffId,
    /// Whose.
    pub staff_id: StaffId,
    /// The first instant.
    pub starts_at: DateTime<Utc>,
    /// The first instant after it.
    pub ends_at: DateTime<Utc>,
    /// Why, for the salon.
    pub reason: Option<String>,
}

#[derive(FromRow)]
struct TimeOffRow {
    time_off_id: Uuid,
    staff_id: Uuid,
    starts_at: Instant,
    ends_at: Instant,
    reason: Option<String>,
}

impl From<TimeOffRow> for TimeOff {
    fn from(row: TimeOffRow) -> Self {
        Self {
            id: TimeOffId(row.time_off_id),
            staff_id: StaffId(row.staff_id),
            starts_at: row.starts_at.0,
            ends_at: row.ends_at.0,
            reason: row.reason,
        }
    }
}

const INSERT: &str =
    "INSERT INTO time_off (time_off_id, staff_id, starts_at, ends_at, reason, created_at) VALUES ($1, $2, $3, $4, $5, $6)";

/// A new stretch of time off.
pub async fn insert(tx: &mut Tx, one: &TimeOff, now: DateTime<Utc>) -> Result<(), StoreError> {
    let (from, to) = (Instant(one.starts_at), Instant(one.ends_at));
    execute!(tx, INSERT, one.id.0, one.staff_id.0, from, to, one.reason.as_deref(), Instant(now)).map(drop)
}

const DELETE: &str = "DELETE FROM time_off WHERE time_off_id = $1 AND staff_id = $2";

/// Removes a stretch of somebody's time off: whether there was one.
pub async fn delete(tx: &mut Tx, staff: StaffId, id: TimeOffId) -> Result<bool, StoreError> {
    execute!(tx, DELETE, id.0, staff.0).map(|rows| rows > 0)
}

pub(crate) const LIST: &str = "SELECT time_off_id, staff_id, starts_at, ends_at, reason FROM time_off
    WHERE staff_id = $1 AND ends_at > $2 ORDER BY ends_at";

/// The time off of somebody that is not over at an instant.
pub async fn list(tx: &mut Tx, staff: StaffId, from: DateTime<Utc>) -> Result<Vec<TimeOff>, StoreError> {
    let rows = fetch!(tx, fetch_all, TimeOffRow, LIST, staff.0, Instant(from))?;
    Ok(rows.into_iter().map(TimeOff::from).collect())
}
