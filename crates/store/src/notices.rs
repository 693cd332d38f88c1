//! What a person is to be told of their account: no table of its own, but `audit` as it is seen from one of their sessions.

use chrono::{DateTime, Utc};
use domain::ids::{AuditId, SessionId, UserId};
use domain::notice::{Notice, NoticeKind, NoticedSession};
use domain::session::SessionKind;
use sqlx::FromRow;
use uuid::Uuid;

use crate::audit::read_detail;
use crate::read::named;
use crate::session_row::alive;
use crate::{Instant, StoreError, Tx};

#[derive(FromRow)]
struct NoticeRow {
    audit_id: Uuid,
    at: Instant,
    action: String,
    detail: String,
    session_id: Option<Uuid>,
    kind: Option<String>,
    device_name: Option<String>,
    is_alive: bool,
}

impl TryFrom<NoticeRow> for Notice {
    type Error = StoreError;

    fn try_from(row: NoticeRow) -> Result<Self, StoreError> {
        let session = row.session_id.zip(row.kind).map(|(id, kind)| {
            let kind = named(&kind, "sessions.kind", SessionKind::parse)?;
            Ok::<_, StoreError>(NoticedSession { id: SessionId(id), kind, device_name: row.device_name, is_alive: row.is_alive })
        });
        let detail = read_detail(&row.detail)?;
        Ok(Self {
            id: AuditId(row.audit_id),
            at: row.at.0,
            kind: named(&row.action, "audit.action", NoticeKind::parse)?,
            moved_from: detail["from"].as_str().map(str::to_owned),
            session: session.transpose()?,
        })
    }
}

// Nobody is told what they did themselves, nor what happened to those who had the number before. What one session has put away is gone
// for the others too, but not a sign-in that is no younger than that session: a thief would put their own away.
pub(crate) const LIST: &str = concat!(
    "SELECT audit.audit_id, audit.at, audit.action, audit.detail, sessions.session_id, sessions.kind, sessions.device_name,
    CASE WHEN ",
    alive!("$5"),
    " THEN TRUE ELSE FALSE END AS is_alive
    FROM users JOIN audit ON audit.subject_user_id = users.user_id
    LEFT JOIN sessions ON sessions.session_id = audit.session_id
    WHERE users.user_id = $1 AND audit.at > $3 AND audit.at >= COALESCE(users.claimed_at, $3)
    AND audit.action IN ('new_device_signed_in', 'phone_changed', 'refresh_replayed', 'user_rebound',
        'passkey_added', 'passkey_removed', 'second_factor_added', 'second_factor_removed')
    AND (audit.session_id IS NULL OR audit.session_id <> $2)
    AND NOT EXISTS (
        SELECT 1 FROM sessions AS seen WHERE seen.user_id = $1 AND seen.notices_seen_at >= audit.at
        AND (seen.session_id = $2 OR ((audit.session_id IS NULL OR audit.session_id <> seen.session_id)
            AND (audit.action <> 'new_device_signed_in' OR seen.authenticated_at < audit.at)))
    )
    ORDER BY audit.at DESC, audit.audit_id DESC LIMIT $4"
);

/// What has happened to this person since `since` and is still to be told to whoever sits at `session`, newest first.
pub async fn list(
    tx: &mut Tx,
    user: UserId,
    session: SessionId,
    since: DateTime<Utc>,
    now: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<Notice>, StoreError> {
    let (since, now) = (Instant(since), Instant(now));
    let rows = fetch!(tx, fetch_all, NoticeRow, LIST, user.0, session.0, since, i64::from(limit), now)?;
    rows.into_iter().map(Notice::try_from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_names_every_kind() {
        for kind in NoticeKind::ALL {
            assert!(LIST.contains(&format!("'{}'", kind.as_str())), "{kind:?}");
        }
        let listed = LIST.split("audit.action IN (").nth(1).and_then(|rest| rest.split(')').next()).expect("the list");
        assert_eq!(listed.split(',').count(), NoticeKind::ALL.len());
    }
}
