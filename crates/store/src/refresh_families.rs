//! `refresh_families`: the chain of refresh tokens of an API session, of which only the newest is good.

use chrono::{DateTime, Utc};
use domain::ids::{FamilyId, SessionId};
use domain::session::Session;
use domain::user::User;
use sqlx::FromRow;
use uuid::Uuid;

use crate::read::hash;
use crate::session_row::{SignedInRow, alive, session_columns};
use crate::user_row::user_columns;
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

/// The chain as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// Key.
    pub id: FamilyId,
    /// Whose tokens; dies with it.
    pub session_id: SessionId,
    /// How many times it was rotated.
    pub generation: i64,
    /// Hash of the one good token.
    pub current_hash: [u8; 32],
    /// When that one was issued.
    pub rotated_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct FamilyRow {
    family_id: Uuid,
    session_id: Uuid,
    generation: i64,
    current_hash: Vec<u8>,
    rotated_at: Instant,
    device_generation: Option<i64>,
    #[sqlx(flatten)]
    signed_in: SignedInRow,
}

const INSERT: &str =
    "INSERT INTO refresh_families (family_id, session_id, generation, current_hash, rotated_at) VALUES ($1, $2, $3, $4, $5)";

/// Starts a chain.
pub fn insert(family: &Family) -> Write<'_> {
    let Family { id, session_id, generation, current_hash, rotated_at } = family;
    write_of!(INSERT, id.0, session_id.0, *generation, &current_hash[..], Instant(*rotated_at))
}

pub(crate) const FIND: &str = concat!(
    "SELECT refresh_families.family_id, refresh_families.generation, refresh_families.current_hash, refresh_families.rotated_at,
    (SELECT devices.generation FROM devices WHERE devices.device_id = sessions.device_id) AS device_generation, ",
    session_columns!(),
    ", ",
    user_columns!(),
    " FROM refresh_families JOIN sessions ON sessions.session_id = refresh_families.session_id
    JOIN users ON users.user_id = sessions.user_id WHERE refresh_families.family_id = $1 AND ",
    alive!("$2")
);

/// A chain whose session is alive, and what it takes to go on with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Living {
    /// The chain.
    pub family: Family,
    /// Its session.
    pub session: Session,
    /// Whose.
    pub user: User,
    /// How many times the token of the session's device was rotated.
    pub device_generation: i64,
}

/// The chain with its session and user, when these are good at `now`.
pub async fn find(tx: &mut Tx, id: FamilyId, now: DateTime<Utc>) -> Result<Option<Living>, StoreError> {
    let Some(row) = fetch!(tx, fetch_optional, FamilyRow, FIND, id.0, Instant(now))? else { return Ok(None) };
    let family = Family {
        id: FamilyId(row.family_id),
        session_id: SessionId(row.session_id),
        generation: row.generation,
        current_hash: hash(row.current_hash, "refresh_families.current_hash")?,
        rotated_at: row.rotated_at.0,
    };
    let (session, user) = row.signed_in.try_into()?;
    Ok(Some(Living { family, session, user, device_generation: row.device_generation.unwrap_or_default() }))
}

const UPDATE_ROTATED: &str = concat!(
    "UPDATE refresh_families SET generation = generation + 1, current_hash = $3, rotated_at = $4
    WHERE family_id = $1 AND generation = $2 AND EXISTS (
        SELECT 1 FROM sessions JOIN users ON users.user_id = sessions.user_id
        WHERE sessions.session_id = refresh_families.session_id AND ",
    alive!("$4"),
    ")"
);

/// The next token. Guarded: once per generation, and only while the session is good at `now`.
pub fn update_rotated(id: FamilyId, from_generation: i64, new_hash: &[u8; 32], now: DateTime<Utc>) -> Write<'_> {
    write_of!(UPDATE_ROTATED, id.0, from_generation, &new_hash[..], Instant(now)).guarded()
}
