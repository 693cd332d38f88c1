//! `live_settings`: what was set while Salon ran. Each change is a row more, the whole document each time: whoever changes something
//! names the version they looked at, and comes too late when there is another.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use sqlx::FromRow;
use uuid::Uuid;

use crate::read::number;
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

/// A version of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// 1 is the first.
    pub version: u32,
    /// JSON.
    pub document: String,
    /// Since when.
    pub changed_at: DateTime<Utc>,
    /// By whom; `None`: by an operator.
    pub changed_by: Option<UserId>,
}

#[derive(FromRow)]
struct VersionRow {
    version: i64,
    document: String,
    changed_at: Instant,
    changed_by: Option<Uuid>,
}

pub(crate) const FIND_NEWEST: &str = "SELECT version, document, changed_at, changed_by FROM live_settings
    WHERE version > $1 ORDER BY version DESC LIMIT 1";

/// The newest version, if it is newer than this one.
pub async fn find_newer(tx: &mut Tx, than: u32) -> Result<Option<Version>, StoreError> {
    let row = fetch!(tx, fetch_optional, VersionRow, FIND_NEWEST, i64::from(than))?;
    row.map(|row| {
        Ok(Version {
            version: number(row.version, "live_settings.version")?,
            document: row.document,
            changed_at: row.changed_at.0,
            changed_by: row.changed_by.map(UserId),
        })
    })
    .transpose()
}

const INSERT: &str = "INSERT INTO live_settings (version, document, changed_at, changed_by) SELECT $1, $2, $3, $4
    WHERE $1 = 1 + COALESCE((SELECT max(version) FROM live_settings), 0) ON CONFLICT DO NOTHING";

/// Adds a version. Guarded: it is the next one.
pub fn insert(version: &Version) -> Write<'_> {
    let by = version.changed_by.map(|id| id.0);
    write_of!(INSERT, i64::from(version.version), version.document.as_str(), Instant(version.changed_at), by).guarded()
}
