//! What is kept for how long, when it was last forgotten, and what would go next.

use chrono::{DateTime, TimeDelta, Utc};
use domain::permission::Permission;
use domain::retention::Kept;
use store::job_runs;

use crate::{Admin, Error, PurgePlan, Purged, Usecases};

/// What is known of the last purge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastPurge {
    /// When it came to its end.
    pub at: DateTime<Utc>,
    /// What it forgot.
    pub done: Purged,
}

/// The whole of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// What the next purge would forget.
    pub plan: PurgePlan,
    /// `None`: none has run yet.
    pub last: Option<LastPurge>,
}

impl Usecases {
    /// Reads it for an admin.
    ///
    /// # Errors
    /// `Forbidden`, `Unavailable`.
    pub async fn read_retention(&self, admin: &Admin) -> Result<Retention, Error> {
        admin.require(Permission::AuditView)?;
        let plan = self.plan_purge().await?;
        let last = job_runs::find(&mut self.parts.store.read().await?, job_runs::PURGE).await?;
        Ok(Retention { plan, last: last.map(|(at, detail)| LastPurge { at, done: Purged::read(&detail) }) })
    }

    /// For how long rows of this kind are kept. `None`: as long as they are of use.
    pub fn kept_for(&self, kept: Kept) -> Option<TimeDelta> {
        let keep = self.parts.settings.retention;
        match kept {
            Kept::PendingUsers => Some(keep.pending),
            Kept::PhonelessUsers => Some(keep.phoneless),
            Kept::Messages | Kept::Reports | Kept::Budgets => Some(keep.messages),
            Kept::Challenges => Some(keep.challenges),
            Kept::Sessions => Some(keep.sessions),
            Kept::Audit | Kept::PrivacyRequests | Kept::Consents => Some(keep.audit),
            Kept::Counters => Some(crate::jobs::purge::COUNTS_KEPT),
            Kept::Limits | Kept::PhoneMoves => None,
        }
    }
}
