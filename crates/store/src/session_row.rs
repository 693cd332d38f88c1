//! A row of `sessions`, alone or with its user.

use domain::ids::{DeviceId, SessionId, UserId};
use domain::session::{Session, SessionKind};
use domain::user::User;
use sqlx::FromRow;
use uuid::Uuid;

use crate::read::named;
use crate::user_row::UserRow;
use crate::{Instant, StoreError};

/// The columns of [`SessionRow`], renamed where users have them too.
macro_rules! session_columns {
    () => {
        "sessions.session_id, sessions.user_id AS session_user_id, sessions.epoch AS session_epoch, sessions.kind, sessions.device_id, \
         sessions.device_name, sessions.authenticated_at, sessions.second_factor_at, sessions.last_seen_at AS session_last_seen_at, sessions.idle_expires_at, \
         sessions.expires_at"
    };
}

/// A session, joined with its user, that is good at `$now`: not ended, not run out, of the user's epoch, and the user not shut out.
macro_rules! alive {
    ($now:literal) => {
        concat!(
            "sessions.ended_at IS NULL AND sessions.idle_expires_at > ",
            $now,
            " AND sessions.expires_at > ",
            $now,
            " AND sessions.epoch = users.epoch AND users.status NOT IN ('blocked', 'erased')"
        )
    };
}

pub(crate) use {alive, session_columns};

#[derive(FromRow)]
pub(crate) struct SessionRow {
    session_id: Uuid,
    session_user_id: Uuid,
    session_epoch: i64,
    kind: String,
    device_id: Option<Uuid>,
    device_name: Option<String>,
    authenticated_at: Instant,
    second_factor_at: Option<Instant>,
    session_last_seen_at: Instant,
    idle_expires_at: Instant,
    expires_at: Instant,
}

impl TryFrom<SessionRow> for Session {
    type Error = StoreError;

    fn try_from(row: SessionRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: SessionId(row.session_id),
            user_id: UserId(row.session_user_id),
            epoch: row.session_epoch,
            kind: named(&row.kind, "sessions.kind", SessionKind::parse)?,
            device_id: row.device_id.map(DeviceId),
            device_name: row.device_name,
            authenticated_at: row.authenticated_at.0,
            second_factor_at: row.second_factor_at.map(|at| at.0),
            last_seen_at: row.session_last_seen_at.0,
            idle_expires_at: row.idle_expires_at.0,
            expires_at: row.expires_at.0,
        })
    }
}

/// Both at once: one statement answers "who is this".
#[derive(FromRow)]
pub(crate) struct SignedInRow {
    #[sqlx(flatten)]
    session: SessionRow,
    #[sqlx(flatten)]
    user: UserRow,
}

impl TryFrom<SignedInRow> for (Session, User) {
    type Error = StoreError;

    fn try_from(row: SignedInRow) -> Result<Self, StoreError> {
        Ok((row.session.try_into()?, row.user.try_into()?))
    }
}
