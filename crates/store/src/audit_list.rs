//! The audit as an admin reads it: newest first, fifty at a time, one walk along one index for each thing it is looked through by.
//!
//! A walk goes on after an entry, whose instant is read again: addresses hold nothing but its id.

use chrono::{DateTime, Utc};
use domain::ids::{AuditId, UserId};
use domain::people::Period;
use uuid::Uuid;

use crate::audit::{AuditEntry, AuditRow};
use crate::{Instant, StoreError, Tx};

/// Entries on a page.
pub const PAGE: usize = 50;

/// After every instant that is written.
const END: DateTime<Utc> = match DateTime::from_timestamp(253_402_300_799, 0) {
    Some(end) => end,
    None => DateTime::<Utc>::MAX_UTC,
};

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doer {
    /// A person, to themselves or to others.
    Person(UserId),
    /// A part of the system, by its name.
    Named(String),
}

/// What the audit is narrowed down by. The default is all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// What was done.
    pub action: Option<String>,
    /// By whom.
    pub doer: Option<Doer>,
    /// To whom.
    pub subject: Option<UserId>,
    /// When.
    pub period: Period,
}

// `$1` to `$6`; each filter narrows nothing down when it is NULL. The comparison stands first, where `PostgreSQL` learns the type.
// `$5`, `$6`: the entry that the page goes on after.
macro_rules! walk {
    ($where:literal) => {
        concat!(
            "SELECT audit_id, at, actor, action, subject_user_id, session_id, detail FROM audit WHERE ",
            $where,
            "at <= $5 AND (at, audit_id) < ($5, $6) AND (action = $1 OR $1 IS NULL) AND (subject_user_id = $2 OR $2 IS NULL)
            AND (at >= $3 OR $3 IS NULL) AND (at < $4 OR $4 IS NULL) ORDER BY at DESC, audit_id DESC LIMIT 51"
        )
    };
}

pub(crate) const LIST: &str = walk!("");
pub(crate) const LIST_BY_ACTION: &str = walk!("action = $1 AND ");
pub(crate) const LIST_BY_SUBJECT: &str = walk!("subject_user_id = $2 AND ");
// The word stands there so that the partial index serves.
pub(crate) const LIST_BY_NAME: &str = walk!("actor = $7 AND actor <> 'self' AND ");
// What people do themselves is by far the most, and has nobody's id as its actor.
pub(crate) const LIST_BY_PERSON: &str = concat!(
    "SELECT audit_id, at, actor, action, subject_user_id, session_id, detail FROM (SELECT * FROM (",
    walk!("actor = $7 AND actor <> 'self' AND "),
    ") AS to_others UNION ALL SELECT * FROM (",
    walk!("subject_user_id = $8 AND actor = 'self' AND "),
    ") AS to_themselves) AS done ORDER BY at DESC, audit_id DESC LIMIT 51"
);

/// Up to one entry more than a [`PAGE`] holds: there is a next page when it is there.
pub async fn list(tx: &mut Tx, filter: &AuditFilter, after: Option<AuditId>) -> Result<Vec<AuditEntry>, StoreError> {
    let (at, id) = match after {
        Some(id) => find_at(tx, id).await?.map_or((END, Uuid::max()), |at| (at, id.0)),
        None => (END, Uuid::max()),
    };
    let action = filter.action.as_deref();
    let subject = filter.subject.map(|id| id.0);
    let (from, before) = (filter.period.from.map(Instant), filter.period.before.map(Instant));
    let at = Instant(at);
    let rows = match &filter.doer {
        Some(Doer::Person(person)) => {
            let text = person.to_string();
            fetch!(tx, fetch_all, AuditRow, LIST_BY_PERSON, action, subject, from, before, at, id, text.as_str(), person.0)?
        }
        Some(Doer::Named(name)) => {
            fetch!(tx, fetch_all, AuditRow, LIST_BY_NAME, action, subject, from, before, at, id, name.as_str())?
        }
        None => {
            let sql = match (subject, action) {
                (Some(_), _) => LIST_BY_SUBJECT,
                (None, Some(_)) => LIST_BY_ACTION,
                (None, None) => LIST,
            };
            fetch!(tx, fetch_all, AuditRow, sql, action, subject, from, before, at, id)?
        }
    };
    rows.into_iter().map(AuditEntry::try_from).collect()
}

const FIND_AT: &str = "SELECT at FROM audit WHERE audit_id = $1";

async fn find_at(tx: &mut Tx, id: AuditId) -> Result<Option<DateTime<Utc>>, StoreError> {
    Ok(fetch!(tx, fetch_optional, (Instant,), FIND_AT, id.0)?.map(|(at,)| at.0))
}
