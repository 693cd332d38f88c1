//! Forgetting on time (salon.md §5), in batches so that nobody waits behind it.

use chrono::{DateTime, Utc};
use store::{Tx, audit, challenges, guesses, limit_keys, outbox, sends, sessions, users};

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
    /// Entries of the send log.
    pub sends: u64,
    /// Entries of the guess log.
    pub guesses: u64,
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
        let mut done = Purged { pending_users: self.purge_pending(now - keep.pending, is_dry_run).await?, ..Purged::default() };
        macro_rules! forget {
            ($table:ident, $before:expr) => {{
                let before = $before;
                let mut total = 0;
                loop {
                    let mut tx = self.parts.store.write().await?;
                    let limit = if is_dry_run { u32::MAX } else { BATCH };
                    let deleted = $table::delete_before(&mut tx, before, limit).await?;
                    total += deleted;
                    finish(tx, is_dry_run).await?;
                    if is_dry_run || deleted < u64::from(BATCH) {
                        break total;
                    }
                }
            }};
        }
        done.messages = forget!(outbox, now - keep.messages);
        done.challenges = forget!(challenges, now - keep.challenges);
        done.sends = forget!(sends, now - keep.challenges);
        done.guesses = forget!(guesses, now - keep.challenges);
        done.sessions = forget!(sessions, now - keep.sessions);
        done.audit = forget!(audit, now - keep.audit);
        forget!(limit_keys, now - keep.challenges);
        Ok(done)
    }

    async fn purge_pending(&self, before: DateTime<Utc>, is_dry_run: bool) -> Result<u64, Error> {
        let mut total = 0;
        loop {
            let mut tx = self.parts.store.write().await?;
            let limit = if is_dry_run { u32::MAX } else { BATCH };
            let mut deleted = 0;
            for id in users::list_stale_pending(&mut tx, before, limit).await? {
                deleted += u64::from(users::delete_unclaimed(&mut tx, id).await?);
            }
            total += deleted;
            finish(tx, is_dry_run).await?;
            if is_dry_run || deleted < u64::from(BATCH) {
                return Ok(total);
            }
        }
    }
}

async fn finish(tx: Tx, is_dry_run: bool) -> Result<(), Error> {
    if !is_dry_run {
        tx.commit().await?;
    }
    Ok(())
}
