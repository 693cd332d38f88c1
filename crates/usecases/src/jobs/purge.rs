//! Forgetting on time (salon.md §5), in batches so that nobody waits behind it.

use chrono::{DateTime, Utc};
use store::{StoreError, Tx, audit, challenges, limit_keys, outbox, sessions, users};

use crate::{Error, Usecases};

/// Rows a statement.
const BATCH: u32 = 500;

/// How many rows were forgotten, by table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purged {
    /// People who never proved their phone.
    pub pending_users: u64,
    /// Challenges.
    pub challenges: u64,
    /// Messages.
    pub messages: u64,
    /// Sessions and their refresh families.
    pub sessions: u64,
    /// Audit entries.
    pub audit: u64,
}

impl Usecases {
    /// Deletes what is past its retention. A dry run does the same work and takes it back.
    ///
    /// # Errors
    /// `Unavailable`; what was deleted before stays deleted.
    pub async fn purge(&self, is_dry_run: bool) -> Result<Purged, Error> {
        let now = self.parts.clock.now();
        let keep = self.parts.settings.retention;
        macro_rules! forget {
            ($before:expr, $delete:path) => {{
                let before = $before;
                let mut total = 0;
                loop {
                    let mut tx = self.parts.store.write().await?;
                    let limit = if is_dry_run { u32::MAX } else { BATCH };
                    let deleted = $delete(&mut tx, before, limit).await?;
                    total += deleted;
                    finish(tx, is_dry_run).await?;
                    if is_dry_run || deleted < u64::from(BATCH) {
                        break total;
                    }
                }
            }};
        }
        let done = Purged {
            pending_users: forget!(now - keep.pending, delete_stale_pending),
            messages: forget!(now - keep.messages, outbox::delete_before),
            challenges: forget!(now - keep.challenges, challenges::delete_before),
            sessions: forget!(now - keep.sessions, sessions::delete_before),
            audit: forget!(now - keep.audit, audit::delete_before),
        };
        forget!(now, limit_keys::delete_before);
        Ok(done)
    }
}

async fn delete_stale_pending(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    let mut deleted = 0;
    for id in users::list_stale_pending(tx, before, limit).await? {
        deleted += u64::from(users::delete_unclaimed(tx, id).await?);
    }
    Ok(deleted)
}

async fn finish(tx: Tx, is_dry_run: bool) -> Result<(), Error> {
    if !is_dry_run {
        tx.commit().await?;
    }
    Ok(())
}
