//! After a restore: the database believes what was true when the backup was made. Codes used since, sessions ended since and people
//! erased since are all alive again in it. The fence voids them before anybody is served.

use chrono::{DateTime, TimeDelta, Utc};
use domain::user::UserStatus;
use serde_json::json;
use store::audit::{self, NewAudit};
use store::fence::{self, Moment, Past};
use store::{erasures, users};

use super::erasures::Erasure;
use crate::account::erase_me::erase;
use crate::{Error, Usecases};

/// Rows a transaction.
const BATCH: u32 = 500;
/// What has been over for this long is over on every node, however wrong its clock.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::days(1);

/// What a fence voided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fenced {
    /// Codes that could have been entered or sent again.
    pub challenges: u64,
    /// Messages that would have been sent.
    pub messages: u64,
    /// Sessions, with their refresh tokens and cookies.
    pub sessions: u64,
    /// Known devices.
    pub devices: u64,
    /// People erased again.
    pub erased: u64,
}

impl Usecases {
    /// Voids what a restored database believes to be alive, and erases again whom `erasures` names. People keep their accounts and
    /// sign in anew. In batches of short transactions; broken off or run again, it goes on where it stopped. A dry run only counts.
    ///
    /// # Errors
    /// `Unavailable`; what was voided before stays so. Run it again.
    pub async fn restore_fence(&self, erasures: &[Erasure], is_dry_run: bool) -> Result<Fenced, Error> {
        let now = self.parts.clock.now();
        let moment = Moment { now, since: now - CLOCKS_DIFFER };
        let done = Fenced {
            // Codes first: they open the most.
            challenges: self.fence_past(Past::Challenges, moment, is_dry_run).await?,
            messages: self.fence_past(Past::Messages, moment, is_dry_run).await?,
            sessions: self.fence_past(Past::Sessions, moment, is_dry_run).await?,
            devices: self.fence_past(Past::Devices, moment, is_dry_run).await?,
            erased: self.fence_erased(erasures, now, is_dry_run).await?,
        };
        if !is_dry_run {
            self.audit_fence(done, now).await?;
        }
        Ok(done)
    }

    async fn fence_past(&self, past: Past, moment: Moment, is_dry_run: bool) -> Result<u64, Error> {
        let store = &self.parts.store;
        let (mut total, mut before) = (0, None);
        loop {
            let mut tx = if is_dry_run { store.read().await? } else { store.write().await? };
            let page = fence::find_page(&mut tx, past, before, BATCH).await?;
            total += if is_dry_run {
                fence::count_living(&mut tx, past, page, moment).await?
            } else {
                fence::update_voided(&mut tx, past, page, moment).await?
            };
            tx.commit().await?;
            if page.is_last() {
                return Ok(total);
            }
            before = Some(page);
        }
    }

    async fn fence_erased(&self, erasures: &[Erasure], now: DateTime<Utc>, is_dry_run: bool) -> Result<u64, Error> {
        let mut total = 0;
        for Erasure(erasure) in erasures {
            if is_dry_run {
                let user = users::find(&mut self.parts.store.read().await?, erasure.user_id).await?;
                total += u64::from(user.is_some_and(|user| user.status != UserStatus::Erased));
                continue;
            }
            let mut tx = self.parts.store.write().await?;
            // Somebody who came after the backup is not there. They are remembered all the same: an older backup may be restored next.
            let is_new = erasures::insert_missing(&mut tx, erasure).await?;
            let user = users::lock(&mut tx, erasure.user_id).await?;
            let Some(user) = user.filter(|user| user.status != UserStatus::Erased) else {
                if is_new {
                    tx.commit().await?;
                }
                continue;
            };
            if erase(&mut tx, user.id, now).await? {
                self.audit_operator(&mut tx, &user, "erased_again", json!({ "erased_at": erasure.erased_at })).await?;
                total += 1;
            }
            tx.commit().await?;
        }
        Ok(total)
    }

    async fn audit_fence(&self, done: Fenced, now: DateTime<Utc>) -> Result<(), Error> {
        let Fenced { challenges, messages, sessions, devices, erased } = done;
        let detail = json!({
            "challenges": challenges, "messages": messages, "sessions": sessions, "devices": devices, "erased": erased,
        });
        let entry = NewAudit { at: now, ..self.entry_by("operator", "restore_fenced", None, detail) };
        let mut tx = self.parts.store.write().await?;
        tx.run(audit::insert(&entry)).await?;
        Ok(tx.commit().await?)
    }
}
