//! `users`: people.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::locale::Locale;
use domain::phone::PhoneNumber;
use domain::user::{User, UserOrigin};
use uuid::Uuid;

use crate::dialect::{Wording, select_and_lock};
use crate::purge::stale;
use crate::user_row::{UserRow, user_columns};
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx, role_grants, salon_grants, staff};

/// Somebody whose phone was named.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// Key, should the phone be new.
    pub id: UserId,
    /// Who.
    pub phone: PhoneNumber,
    /// Language, should the phone be new.
    pub locale: Locale,
    /// Who named it.
    pub origin: UserOrigin,
    /// When.
    pub now: DateTime<Utc>,
}

/// What people may change about themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Given name, cleaned.
    pub given_name: Option<String>,
    /// Family name, cleaned.
    pub family_name: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Language.
    pub locale: Locale,
}

// The update changes nothing: it is there for the same work and the same answer whether the phone is known or not, and for the lock.
const UPSERT_BY_PHONE: &str = concat!(
    "INSERT INTO users (user_id, phone, status, is_phone_verified, epoch, locale, origin, created_at, updated_at)
    VALUES ($1, $2, 'pending', FALSE, 0, $3, $4, $5, $5)
    ON CONFLICT (phone) DO UPDATE SET phone = excluded.phone RETURNING ",
    user_columns!()
);

/// The person with this phone; a new pending one when there is none. One who is there already stays as they are.
pub async fn upsert_by_phone(tx: &mut Tx, user: &NewUser) -> Result<User, StoreError> {
    let (phone, locale, origin) = (user.phone.as_e164(), user.locale.as_str(), user.origin.as_str());
    fetch!(tx, fetch_one, UserRow, UPSERT_BY_PHONE, user.id.0, phone, locale, origin, Instant(user.now))?.try_into()
}

const FIND: &str = concat!("SELECT ", user_columns!(), " FROM users WHERE users.user_id = $1");

/// The person with this id.
pub async fn find(tx: &mut Tx, id: UserId) -> Result<Option<User>, StoreError> {
    fetch!(tx, fetch_optional, UserRow, FIND, id.0)?.map(User::try_from).transpose()
}

/// Any number of ids in one bind, a JSON array of texts.
macro_rules! list_by_ids {
    ($ids:literal) => {
        concat!("SELECT ", user_columns!(), " FROM users WHERE users.user_id IN (SELECT ", $ids, ")")
    };
}

pub(crate) const LIST_BY_IDS: Wording = Wording {
    sqlite: list_by_ids!("unhex(value, '-') FROM json_each($1)"),
    postgres: list_by_ids!("CAST(value AS UUID) FROM jsonb_array_elements_text(CAST($1 AS JSONB)) AS ids (value)"),
};

/// Those of these people who are there, in no order.
pub async fn list_by_ids(tx: &mut Tx, ids: &[UserId]) -> Result<Vec<User>, StoreError> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let sql = LIST_BY_IDS.of(tx.backend());
    let rows = fetch!(tx, fetch_all, UserRow, sql, serde_json::Value::from(ids).to_string())?;
    rows.into_iter().map(User::try_from).collect()
}

pub(crate) const FIND_BY_PHONE: &str = concat!("SELECT ", user_columns!(), " FROM users WHERE users.phone = $1");

/// The person with this phone.
pub async fn find_by_phone(tx: &mut Tx, phone: &PhoneNumber) -> Result<Option<User>, StoreError> {
    fetch!(tx, fetch_optional, UserRow, FIND_BY_PHONE, phone.as_e164())?.map(User::try_from).transpose()
}

const LOCK: Wording = select_and_lock!("users", "SELECT ", user_columns!(), " FROM users WHERE users.user_id = $1");

/// The person with this id; nobody else changes them until this transaction ends.
pub async fn lock(tx: &mut Tx, id: UserId) -> Result<Option<User>, StoreError> {
    let sql = LOCK.of(tx.backend());
    fetch!(tx, fetch_optional, UserRow, sql, id.0)?.map(User::try_from).transpose()
}

const INSERT: &str =
    "INSERT INTO users (user_id, phone, status, is_phone_verified, epoch, locale, origin, created_at, updated_at)
    VALUES ($1, $2, 'pending', FALSE, 0, $3, $4, $5, $5) ON CONFLICT (phone) DO NOTHING";

/// A new pending person. Guarded: nobody has the phone yet.
pub fn insert(user: &NewUser) -> Write<'_> {
    let (phone, locale, origin) = (user.phone.as_e164(), user.locale.as_str(), user.origin.as_str());
    write_of!(INSERT, user.id.0, phone, locale, origin, Instant(user.now)).guarded()
}

const UPDATE_ASKED: &str = "UPDATE users SET phone = phone WHERE user_id = $1 AND epoch = $2";

/// Changes nothing: the same work for a known phone as [`insert`] is for a new one. Guarded: they are still of this epoch.
pub fn update_asked(id: UserId, epoch: i64) -> Write<'static> {
    write_of!(UPDATE_ASKED, id.0, epoch).guarded()
}

/// Claiming, by an owner or by testers. A name that testers gave is not their successor's.
macro_rules! claim {
    ($is_sandbox:literal) => {
        concat!(
            "UPDATE users SET is_phone_verified = TRUE,
            phone_verified_at = CASE WHEN is_sandbox OR phone_verified_at IS NULL THEN $4 ELSE phone_verified_at END,
            status = CASE WHEN status = 'pending' THEN 'active' ELSE status END, epoch = epoch + 1, locale = $3,
            given_name = CASE WHEN is_sandbox THEN NULL ELSE given_name END,
            family_name = CASE WHEN is_sandbox THEN NULL ELSE family_name END,
            email = CASE WHEN is_sandbox THEN NULL ELSE email END,
            is_sandbox = ",
            $is_sandbox,
            ", claimed_at = $4, last_seen_at = $4, updated_at = $4 WHERE user_id = $1 AND epoch = $2"
        )
    };
}

const UPDATE_CLAIMED: &str = claim!("FALSE");

/// The owner has entered the first right code: everything of before is dead. Guarded: they are still of this epoch.
pub fn update_claimed(id: UserId, epoch: i64, locale: Locale, now: DateTime<Utc>) -> Write<'static> {
    write_of!(UPDATE_CLAIMED, id.0, epoch, locale.as_str(), Instant(now)).guarded()
}

const UPDATE_CLAIMED_BY_TESTERS: &str = claim!("TRUE");

/// The same with the fixed code of a test number, which proves nothing: the account is a sandbox.
pub fn update_claimed_by_testers(id: UserId, epoch: i64, locale: Locale, now: DateTime<Utc>) -> Write<'static> {
    Write { sql: UPDATE_CLAIMED_BY_TESTERS, ..update_claimed(id, epoch, locale, now) }
}

const UPDATE_SEEN: &str =
    "UPDATE users SET last_seen_at = CASE WHEN last_seen_at > $3 THEN last_seen_at ELSE $3 END WHERE user_id = $1 AND epoch = $2
    AND status = 'active'";

/// They were here. Never moves back. Guarded: they are active and still of this epoch.
pub fn update_seen(id: UserId, epoch: i64, now: DateTime<Utc>) -> Write<'static> {
    write_of!(UPDATE_SEEN, id.0, epoch, Instant(now)).guarded()
}

const UPDATE_PROFILE: &str = concat!(
    "UPDATE users SET given_name = $2, family_name = $3, email = $4, locale = $5, updated_at = $6 WHERE user_id = $1 RETURNING ",
    user_columns!()
);

/// Writes what they chose to say about themselves.
///
/// # Errors
/// [`StoreError::Inconsistent`] when there is no such person.
pub async fn update_profile(tx: &mut Tx, id: UserId, profile: &Profile, now: DateTime<Utc>) -> Result<User, StoreError> {
    let Profile { given_name, family_name, email, locale } = profile;
    let (given_name, family_name, email) = (given_name.as_deref(), family_name.as_deref(), email.as_deref());
    fetch!(tx, fetch_one, UserRow, UPDATE_PROFILE, id.0, given_name, family_name, email, locale.as_str(), Instant(now))?
        .try_into()
}

const UPDATE_PHONE: &str = concat!(
    "UPDATE users SET phone = $2, is_phone_verified = TRUE, phone_verified_at = $3, updated_at = $3
    WHERE user_id = $1 AND status <> 'erased' RETURNING ",
    user_columns!()
);

/// They have proved this number, theirs or a new one.
///
/// # Errors
/// [`StoreError::Unique`] when somebody else has it (the transaction is lost on `PostgreSQL`: look first, with the row locked),
/// [`StoreError::Inconsistent`] when there is no such person.
pub async fn update_phone(tx: &mut Tx, id: UserId, phone: &PhoneNumber, now: DateTime<Utc>) -> Result<User, StoreError> {
    fetch!(tx, fetch_one, UserRow, UPDATE_PHONE, id.0, phone.as_e164(), Instant(now))?.try_into()
}

const UPDATE_BLOCKED: &str = concat!(
    "UPDATE users SET
    epoch = CASE WHEN $2 AND status <> 'blocked' THEN epoch + 1 ELSE epoch END,
    status = CASE WHEN status = 'phoneless' THEN status WHEN $2 THEN 'blocked' WHEN is_phone_verified THEN 'active' ELSE 'pending' END,
    blocked_at = CASE WHEN $2 THEN COALESCE(blocked_at, $3) ELSE NULL END, updated_at = $3
    WHERE user_id = $1 AND status <> 'erased' RETURNING ",
    user_columns!()
);

/// Shuts somebody out, which kills all they are signed in with, or lets them in again; whoever has no number is shut out from the moment
/// they have one. `None` when there is no such person.
pub async fn update_blocked(tx: &mut Tx, id: UserId, is_blocked: bool, now: DateTime<Utc>) -> Result<Option<User>, StoreError> {
    fetch!(tx, fetch_optional, UserRow, UPDATE_BLOCKED, id.0, is_blocked, Instant(now))?.map(User::try_from).transpose()
}

const UPDATE_ERASED: &str = concat!(
    "UPDATE users SET phone = NULL, given_name = NULL, family_name = NULL, email = NULL, status = 'erased', epoch = epoch + 1,
    updated_at = $2 WHERE user_id = $1 AND status <> 'erased' RETURNING ",
    user_columns!()
);

/// Removes who they are, their roles and whom they work as; the row stays. `None` when there is nobody left to erase.
pub async fn update_erased(tx: &mut Tx, id: UserId, now: DateTime<Utc>) -> Result<Option<User>, StoreError> {
    role_grants::delete_for_user(tx, id).await?;
    salon_grants::delete_for_user(tx, id).await?;
    staff::update_erased(tx, id, now).await?;
    fetch!(tx, fetch_optional, UserRow, UPDATE_ERASED, id.0, Instant(now))?.map(User::try_from).transpose()
}

const DELETE_UNCLAIMED: &str = "DELETE FROM users WHERE user_id = $1 AND status = 'pending' AND is_phone_verified = FALSE";

/// Forgets somebody who never proved the phone, with their challenges: whether it did.
pub async fn delete_unclaimed(tx: &mut Tx, id: UserId) -> Result<bool, StoreError> {
    execute!(tx, DELETE_UNCLAIMED, id.0).map(|rows| rows > 0)
}

// Status and origin stand as words, not as binds, so that the partial index serves.
pub(crate) const LIST_STALE_PENDING: &str =
    concat!("SELECT users.user_id FROM users WHERE ", stale!("$1"), " ORDER BY users.created_at LIMIT $2");

/// Up to `limit` people who came by themselves before `before`, never proved the phone, and have asked nothing of us since. Oldest first.
pub async fn list_stale_pending(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<Vec<UserId>, StoreError> {
    let rows = fetch!(tx, fetch_all, (Uuid,), LIST_STALE_PENDING, Instant(before), i64::from(limit))?;
    Ok(rows.into_iter().map(|(id,)| UserId(id)).collect())
}
