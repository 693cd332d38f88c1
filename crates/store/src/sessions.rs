//! `sessions`: who is signed in. Nothing in here brings an ended session back.

use chrono::{DateTime, Utc};
use domain::ids::{SessionId, UserId};
use domain::session::{EndReason, Session};
use domain::user::User;
use uuid::Uuid;

use crate::session_row::{SessionRow, SignedInRow, alive, session_columns};
use crate::user_row::user_columns;
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

const INSERT: &str =
    "INSERT INTO sessions (session_id, user_id, epoch, kind, device_id, device_name, authenticated_at, second_factor_at,
    last_seen_at, idle_expires_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

/// Opens a session.
pub fn insert(session: &Session) -> Write<'_> {
    let s = session;
    write_of!(
        INSERT,
        s.id.0,
        s.user_id.0,
        s.epoch,
        s.kind.as_str(),
        s.device_id.map(|id| id.0),
        s.device_name.as_deref(),
        Instant(s.authenticated_at),
        s.second_factor_at.map(Instant),
        Instant(s.last_seen_at),
        Instant(s.idle_expires_at),
        Instant(s.expires_at),
    )
}

const UPDATE_NOTICES_SEEN: &str =
    "UPDATE sessions SET notices_seen_at = CASE WHEN notices_seen_at > $2 THEN notices_seen_at ELSE $2 END
    WHERE session_id = $1 AND ended_at IS NULL";

/// Whoever sits there has put the notices of up to `until` away. Never moves back.
pub fn update_notices_seen(id: SessionId, until: DateTime<Utc>) -> Write<'static> {
    write_of!(UPDATE_NOTICES_SEEN, id.0, Instant(until))
}

macro_rules! select_alive {
    ($key:literal) => {
        concat!(
            "SELECT ",
            session_columns!(),
            ", ",
            user_columns!(),
            " FROM sessions JOIN users ON users.user_id = sessions.user_id WHERE ",
            $key,
            " = $1 AND ",
            alive!("$2")
        )
    };
}

pub(crate) const FIND_ALIVE: &str = select_alive!("sessions.session_id");

/// The session and its user, when both are good at `now`.
pub async fn find_alive(tx: &mut Tx, id: SessionId, now: DateTime<Utc>) -> Result<Option<(Session, User)>, StoreError> {
    fetch!(tx, fetch_optional, SignedInRow, FIND_ALIVE, id.0, Instant(now))?.map(SignedInRow::try_into).transpose()
}

pub(crate) const FIND_ALIVE_BY_COOKIE: &str = select_alive!("sessions.cookie_hash");

/// The session bound to this cookie and its user, when both are good at `now`.
pub async fn find_alive_by_cookie(
    tx: &mut Tx,
    cookie_hash: &[u8; 32],
    now: DateTime<Utc>,
) -> Result<Option<(Session, User)>, StoreError> {
    fetch!(tx, fetch_optional, SignedInRow, FIND_ALIVE_BY_COOKIE, &cookie_hash[..], Instant(now))?
        .map(SignedInRow::try_into)
        .transpose()
}

/// The same as [`alive!`], for an update of one session by its id in `$1`.
macro_rules! where_alive {
    ($now:literal) => {
        concat!(
            " WHERE session_id = $1 AND EXISTS (SELECT 1 FROM users WHERE users.user_id = sessions.user_id AND ",
            alive!($now),
            ")"
        )
    };
}

const UPDATE_COOKIE: &str = concat!("UPDATE sessions SET cookie_hash = $2", where_alive!("$3"), " AND cookie_hash IS NULL");

/// Binds a cookie to a session that is alive and has none yet.
pub fn update_cookie(id: SessionId, cookie_hash: &[u8; 32], now: DateTime<Utc>) -> Write<'_> {
    write_of!(UPDATE_COOKIE, id.0, &cookie_hash[..], Instant(now)).guarded()
}

const UPDATE_SEEN: &str = concat!("UPDATE sessions SET last_seen_at = $2, idle_expires_at = $3", where_alive!("$2"));

/// It was used, and lives on until `idle_expires_at`. Guarded: it is alive. A dead session stays dead.
pub fn update_seen(id: SessionId, now: DateTime<Utc>, idle_expires_at: DateTime<Utc>) -> Write<'static> {
    write_of!(UPDATE_SEEN, id.0, Instant(now), Instant(idle_expires_at)).guarded()
}

const UPDATE_SECOND_FACTOR: &str = concat!("UPDATE sessions SET second_factor_at = $2", where_alive!("$2"));

/// Its owner showed a second factor. Guarded: it is alive.
pub fn update_second_factor(id: SessionId, now: DateTime<Utc>) -> Write<'static> {
    write_of!(UPDATE_SECOND_FACTOR, id.0, Instant(now)).guarded()
}

const UPDATE_SECOND_FACTOR_GONE: &str =
    "UPDATE sessions SET second_factor_at = NULL WHERE user_id = $1 AND session_id <> $2 AND second_factor_at IS NOT NULL";

/// What was shown in the sessions of this person, or in all but one, no longer holds: the factor is another now, or none.
pub fn update_second_factor_gone(user_id: UserId, except: Option<SessionId>) -> Write<'static> {
    // No session has the nil id.
    write_of!(UPDATE_SECOND_FACTOR_GONE, user_id.0, except.map_or_else(Uuid::nil, |id| id.0))
}

const UPDATE_ENDED: &str =
    "UPDATE sessions SET ended_at = $4, end_reason = $3 WHERE session_id = $1 AND user_id = $2 AND ended_at IS NULL";

/// Ends one session of this person, if there is one to end.
pub fn update_ended(id: SessionId, user_id: UserId, reason: EndReason, now: DateTime<Utc>) -> Write<'static> {
    write_of!(UPDATE_ENDED, id.0, user_id.0, reason.as_str(), Instant(now))
}

const UPDATE_ENDED_BY_COOKIE: &str =
    "UPDATE sessions SET ended_at = $3, end_reason = $2 WHERE cookie_hash = $1 AND ended_at IS NULL";

/// Ends the session bound to this cookie, if there is one to end.
pub fn update_ended_by_cookie(cookie_hash: &[u8; 32], reason: EndReason, now: DateTime<Utc>) -> Write<'_> {
    write_of!(UPDATE_ENDED_BY_COOKIE, &cookie_hash[..], reason.as_str(), Instant(now))
}

const UPDATE_ENDED_OTHERS: &str =
    "UPDATE sessions SET ended_at = $4, end_reason = $3 WHERE user_id = $1 AND session_id <> $2 AND ended_at IS NULL";

/// Ends all sessions of this person, or all but one. Its value is how many.
pub fn update_ended_others(user_id: UserId, except: Option<SessionId>, reason: EndReason, now: DateTime<Utc>) -> Write<'static> {
    // No session has the nil id.
    let except = except.map_or_else(Uuid::nil, |id| id.0);
    write_of!(UPDATE_ENDED_OTHERS, user_id.0, except, reason.as_str(), Instant(now))
}

const UPDATE_ANONYMISED: &str = "UPDATE sessions SET device_name = NULL WHERE user_id = $1 AND device_name IS NOT NULL";

/// Removes what the devices of this person call themselves: people name theirs after themselves.
pub fn update_anonymised(user_id: UserId) -> Write<'static> {
    write_of!(UPDATE_ANONYMISED, user_id.0)
}

pub(crate) const LIST_ALIVE: &str = concat!(
    "SELECT ",
    session_columns!(),
    " FROM sessions JOIN users ON users.user_id = sessions.user_id WHERE sessions.user_id = $1 AND ",
    alive!("$2"),
    " ORDER BY sessions.last_seen_at DESC, sessions.session_id DESC"
);

/// Where this person is signed in, newest use first.
pub async fn list_alive(tx: &mut Tx, user_id: UserId, now: DateTime<Utc>) -> Result<Vec<Session>, StoreError> {
    fetch!(tx, fetch_all, SessionRow, LIST_ALIVE, user_id.0, Instant(now))?.into_iter().map(Session::try_from).collect()
}

pub(crate) const DELETE_BEFORE: &str = delete_before!("sessions", "session_id", "idle_expires_at");

/// Forgets up to `limit` sessions that ran out (or, had they not been ended, would have) before `before`, with their refresh
/// families: how many.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}
