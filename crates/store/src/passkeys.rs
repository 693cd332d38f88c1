//! `passkeys`: who can sign in and show themselves with what. Attached before its number was claimed, a passkey is dead: no statement
//! here finds it, and the claim deletes it.

use chrono::{DateTime, Utc};
use domain::ids::{PasskeyId, UserId};
use domain::passkey::Passkey;
use domain::user::User;
use sqlx::FromRow;
use uuid::Uuid;

use crate::user_row::{UserRow, user_columns};
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

/// A passkey and what verifies it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The passkey.
    pub passkey: Passkey,
    /// What the relying party knows of it.
    pub credential: String,
    /// The id that its authenticator knows it by.
    pub credential_id: Vec<u8>,
}

/// A passkey that somebody shows, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The passkey.
    pub stored: Stored,
    /// Whose.
    pub owner: User,
}

macro_rules! passkey_columns {
    () => {
        "passkeys.passkey_id, passkeys.credential_id, passkeys.name, passkeys.credential, passkeys.created_at AS passkey_created_at, \
         passkeys.last_used_at AS passkey_used_at"
    };
}

/// Joins the owner, if they had the number already when it was added.
macro_rules! join_owner {
    () => {
        " FROM passkeys JOIN users ON users.user_id = passkeys.user_id
        AND passkeys.created_at >= COALESCE(users.claimed_at, passkeys.created_at)"
    };
}

#[derive(FromRow)]
struct StoredRow {
    passkey_id: Uuid,
    credential_id: Vec<u8>,
    name: String,
    credential: String,
    passkey_created_at: Instant,
    passkey_used_at: Option<Instant>,
}

impl From<StoredRow> for Stored {
    fn from(row: StoredRow) -> Self {
        Self {
            passkey: Passkey {
                id: PasskeyId(row.passkey_id),
                name: row.name,
                created_at: row.passkey_created_at.0,
                last_used_at: row.passkey_used_at.map(|at| at.0),
            },
            credential: row.credential,
            credential_id: row.credential_id,
        }
    }
}

#[derive(FromRow)]
struct ShownRow {
    #[sqlx(flatten)]
    stored: StoredRow,
    #[sqlx(flatten)]
    owner: UserRow,
}

pub(crate) const FIND_SHOWN: &str =
    concat!("SELECT ", passkey_columns!(), ", ", user_columns!(), join_owner!(), " WHERE passkeys.credential_id = $1");

/// The passkey that an authenticator knows by this id.
pub async fn find_shown(tx: &mut Tx, credential_id: &[u8]) -> Result<Option<Shown>, StoreError> {
    let row = fetch!(tx, fetch_optional, ShownRow, FIND_SHOWN, credential_id)?;
    row.map(|row| Ok(Shown { stored: row.stored.into(), owner: row.owner.try_into()? })).transpose()
}

pub(crate) const LIST: &str = concat!(
    "SELECT ",
    passkey_columns!(),
    join_owner!(),
    " WHERE passkeys.user_id = $1 ORDER BY passkeys.created_at, passkeys.passkey_id"
);

/// The passkeys of this person, oldest first.
pub async fn list(tx: &mut Tx, user: UserId) -> Result<Vec<Stored>, StoreError> {
    Ok(fetch!(tx, fetch_all, StoredRow, LIST, user.0)?.into_iter().map(Stored::from).collect())
}

const INSERT: &str = "INSERT INTO passkeys (passkey_id, user_id, credential_id, name, credential, created_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (credential_id) DO NOTHING";

/// One more passkey of this person. Guarded: nobody has it yet.
pub fn insert(user: UserId, stored: &Stored) -> Write<'_> {
    let Stored { passkey, credential, credential_id } = stored;
    let (name, created_at) = (passkey.name.as_str(), Instant(passkey.created_at));
    write_of!(INSERT, passkey.id.0, user.0, credential_id.as_slice(), name, credential.as_str(), created_at).guarded()
}

const UPDATE_USED: &str = "UPDATE passkeys SET credential = $3,
    last_used_at = CASE WHEN last_used_at > $4 THEN last_used_at ELSE $4 END WHERE passkey_id = $1 AND credential = $2";

/// It was used, and `after` is what is known of it from now on. Guarded: it is there, and nobody used it since it was read.
pub fn update_used<'a>(id: PasskeyId, before: &'a str, after: &'a str, now: DateTime<Utc>) -> Write<'a> {
    write_of!(UPDATE_USED, id.0, before, after, Instant(now)).guarded()
}

const UPDATE_NAME: &str = "UPDATE passkeys SET name = $3 WHERE passkey_id = $1 AND user_id = $2";

/// Calls one passkey of this person something else.
pub fn update_name(id: PasskeyId, user: UserId, name: &str) -> Write<'_> {
    write_of!(UPDATE_NAME, id.0, user.0, name)
}

const DELETE: &str = "DELETE FROM passkeys WHERE passkey_id = $1 AND user_id = $2";

/// Forgets one passkey of this person.
pub fn delete(id: PasskeyId, user: UserId) -> Write<'static> {
    write_of!(DELETE, id.0, user.0)
}

const DELETE_FOR_USER: &str = "DELETE FROM passkeys WHERE user_id = $1";

/// Forgets all passkeys of this person.
pub fn delete_for_user(user: UserId) -> Write<'static> {
    write_of!(DELETE_FOR_USER, user.0)
}
