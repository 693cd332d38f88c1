//! `audit`: who did what to whom. Rows are only added, and forgotten when they are old.

use chrono::{DateTime, Utc};
use domain::ids::{AuditId, SessionId, UserId};
use serde_json::Value;
use sqlx::FromRow;
use uuid::Uuid;

use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

/// An entry to be written.
#[derive(Clone, Debug)]
pub struct NewAudit {
    /// Key.
    pub id: AuditId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who: a user's id, or the name of a part of the system.
    pub actor: String,
    /// What.
    pub action: &'static str,
    /// To whom.
    pub subject: Option<UserId>,
    /// From which session.
    pub session: Option<SessionId>,
    /// The rest. Neither codes nor tokens nor phones.
    pub detail: Value,
}

/// An entry as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEntry {
    /// Key.
    pub id: AuditId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// To whom.
    pub subject: Option<UserId>,
    /// From which session.
    pub session: Option<SessionId>,
    /// The rest.
    pub detail: Value,
}

#[derive(FromRow)]
pub(crate) struct AuditRow {
    audit_id: Uuid,
    at: Instant,
    actor: String,
    action: String,
    subject_user_id: Option<Uuid>,
    session_id: Option<Uuid>,
    detail: String,
}

impl TryFrom<AuditRow> for AuditEntry {
    type Error = StoreError;

    fn try_from(row: AuditRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: AuditId(row.audit_id),
            at: row.at.0,
            actor: row.actor,
            action: row.action,
            subject: row.subject_user_id.map(UserId),
            session: row.session_id.map(SessionId),
            detail: read_detail(&row.detail)?,
        })
    }
}

/// Reads `audit.detail`.
pub(crate) fn read_detail(text: &str) -> Result<Value, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::Inconsistent("audit.detail is not JSON".into()))
}

const INSERT: &str =
    "INSERT INTO audit (audit_id, at, actor, action, subject_user_id, session_id, detail) VALUES ($1, $2, $3, $4, $5, $6, $7)";

/// Writes an entry.
pub fn insert(entry: &NewAudit) -> Write<'_> {
    let (subject, session) = (entry.subject.map(|id| id.0), entry.session.map(|id| id.0));
    let detail = entry.detail.to_string();
    write_of!(INSERT, entry.id.0, Instant(entry.at), entry.actor.as_str(), entry.action, subject, session, detail)
}

pub(crate) const LIST_FOR_USER: &str = "SELECT audit_id, at, actor, action, subject_user_id, session_id, detail FROM audit
    WHERE subject_user_id = $1 ORDER BY at DESC, audit_id DESC LIMIT $2";

/// The last entries about somebody, newest first.
pub async fn list_for_user(tx: &mut Tx, user: UserId, limit: u32) -> Result<Vec<AuditEntry>, StoreError> {
    fetch!(tx, fetch_all, AuditRow, LIST_FOR_USER, user.0, i64::from(limit))?.into_iter().map(AuditEntry::try_from).collect()
}

pub(crate) const DELETE_BEFORE: &str = delete_before!("audit", "audit_id", "at");

/// Forgets up to `limit` entries of before `before`: how many.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}
