//! `passkey_ceremonies`: passkeys that are just being made or shown. Each is good once, for whichever process comes first.

use chrono::{DateTime, Utc};
use domain::ids::{CeremonyId, SessionId};

use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

/// What is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A passkey is being made in this session.
    Add(SessionId),
    /// One is being shown in this session.
    Show(SessionId),
    /// Somebody is signing in.
    SignIn,
}

impl Kind {
    const fn parts(self) -> (&'static str, Option<SessionId>) {
        match self {
            Self::Add(session) => ("add", Some(session)),
            Self::Show(session) => ("show", Some(session)),
            Self::SignIn => ("sign_in", None),
        }
    }
}

const INSERT: &str =
    "INSERT INTO passkey_ceremonies (ceremony_id, kind, session_id, state, expires_at) VALUES ($1, $2, $3, $4, $5)";

/// Begins.
pub fn insert(id: CeremonyId, kind: Kind, state: &str, expires_at: DateTime<Utc>) -> Write<'_> {
    let (kind, session) = kind.parts();
    write_of!(INSERT, id.0, kind, session.map(|id| id.0), state, Instant(expires_at))
}

// No session has the nil id, and a sign-in none at all.
pub(crate) const FIND: &str = "SELECT state FROM passkey_ceremonies WHERE ceremony_id = $1 AND kind = $2 AND expires_at > $4
    AND COALESCE(session_id, $3) = $3";

/// What it began with, if it is of this kind and session and may still be finished at `now`.
pub async fn find(tx: &mut Tx, id: CeremonyId, kind: Kind, now: DateTime<Utc>) -> Result<Option<String>, StoreError> {
    let (kind, session) = kind.parts();
    let session = session.map(|id| id.0).unwrap_or_default();
    let row = fetch!(tx, fetch_optional, (String,), FIND, id.0, kind, session, Instant(now))?;
    Ok(row.map(|(state,)| state))
}

const DELETE: &str = "DELETE FROM passkey_ceremonies WHERE ceremony_id = $1";

/// Uses it up. Guarded: nobody else has.
pub fn delete(id: CeremonyId) -> Write<'static> {
    write_of!(DELETE, id.0).guarded()
}

const DELETE_OF_SESSION: &str = "DELETE FROM passkey_ceremonies WHERE session_id = $1";

/// Breaks off whatever was begun in this session.
pub fn delete_of_session(session: SessionId) -> Write<'static> {
    write_of!(DELETE_OF_SESSION, session.0)
}

pub(crate) const DELETE_BEFORE: &str = delete_before!("passkey_ceremonies", "ceremony_id", "expires_at");

/// Forgets up to `limit` that ran out before `before`: how many.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}
