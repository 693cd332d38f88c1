//! `totp_secrets` and `recovery_codes`: what a person can show besides the code sent to their phone.

use chrono::{DateTime, Utc};
use domain::ids::{SessionId, UserId};
use sqlx::FromRow;

use crate::read::number;
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx, passkeys};

/// A secret that an authenticator app shares with us, still sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedTotp {
    /// Opens with the key it was sealed with.
    pub sealed: Vec<u8>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// The step of the last code that was used.
    pub last_step: i64,
}

#[derive(FromRow)]
struct SealedTotpRow {
    sealed: Vec<u8>,
    created_at: Instant,
    last_step: i64,
}

impl From<SealedTotpRow> for SealedTotp {
    fn from(row: SealedTotpRow) -> Self {
        Self { sealed: row.sealed, created_at: row.created_at.0, last_step: row.last_step }
    }
}

/// What a person has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Since when they have an authenticator app, if they have one.
    pub since: Option<DateTime<Utc>>,
    /// How many passkeys.
    pub passkeys: u32,
    /// Recovery codes that are still good.
    pub recovery_codes: u32,
}

impl Held {
    /// Whether there is anything that recovery codes stand in for.
    pub const fn is_any(&self) -> bool {
        self.since.is_some() || self.passkeys > 0
    }
}

pub(crate) const FIND_HELD: &str = "SELECT totp.confirmed_at,
    (SELECT CAST(count(*) AS BIGINT) FROM recovery_codes WHERE recovery_codes.user_id = $1 AND used_at IS NULL) AS codes,
    (SELECT CAST(count(*) AS BIGINT) FROM passkeys JOIN users ON users.user_id = passkeys.user_id WHERE passkeys.user_id = $1
        AND passkeys.created_at >= COALESCE(users.claimed_at, passkeys.created_at)) AS passkeys
    FROM (SELECT 1) AS here LEFT JOIN totp_secrets AS totp ON totp.user_id = $1 AND totp.is_confirmed = TRUE";

/// What this person has.
pub async fn find_held(tx: &mut Tx, user: UserId) -> Result<Held, StoreError> {
    let (since, codes, passkeys) = fetch!(tx, fetch_one, (Option<Instant>, i64, i64), FIND_HELD, user.0)?;
    Ok(Held { since: since.map(|at| at.0), passkeys: number(passkeys, "count")?, recovery_codes: number(codes, "count")? })
}

pub(crate) const FIND_CONFIRMED: &str =
    "SELECT sealed, created_at, last_step FROM totp_secrets WHERE user_id = $1 AND is_confirmed = TRUE";

/// The secret of the app in use.
pub async fn find_confirmed(tx: &mut Tx, user: UserId) -> Result<Option<SealedTotp>, StoreError> {
    Ok(fetch!(tx, fetch_optional, SealedTotpRow, FIND_CONFIRMED, user.0)?.map(SealedTotp::from))
}

pub(crate) const FIND_PENDING: &str = "SELECT sealed, created_at, last_step FROM totp_secrets
    WHERE user_id = $1 AND is_confirmed = FALSE AND session_id = $2 AND created_at > $3";

/// The secret of the app that is being set up in this session since `after` or later.
pub async fn find_pending(
    tx: &mut Tx,
    user: UserId,
    session: SessionId,
    after: DateTime<Utc>,
) -> Result<Option<SealedTotp>, StoreError> {
    Ok(fetch!(tx, fetch_optional, SealedTotpRow, FIND_PENDING, user.0, session.0, Instant(after))?.map(SealedTotp::from))
}

const UPSERT_PENDING: &str = "INSERT INTO totp_secrets (user_id, is_confirmed, session_id, sealed, created_at, last_step)
    VALUES ($1, FALSE, $2, $3, $4, 0)
    ON CONFLICT (user_id, is_confirmed) DO UPDATE SET session_id = excluded.session_id, sealed = excluded.sealed,
    created_at = excluded.created_at, last_step = 0";

/// Begins to set up an app in this session, instead of whatever was being set up before.
pub fn upsert_pending(user: UserId, session: SessionId, sealed: &[u8], now: DateTime<Utc>) -> Write<'_> {
    write_of!(UPSERT_PENDING, user.0, session.0, sealed, Instant(now))
}

const UPDATE_CONFIRMED: &str = "UPDATE totp_secrets SET is_confirmed = TRUE, session_id = NULL, confirmed_at = $3, last_step = $4
    WHERE user_id = $1 AND is_confirmed = FALSE AND session_id = $2";

/// What was being set up in this session is in use, and this step of it is used. [`delete_confirmed`] goes before.
pub fn update_confirmed(user: UserId, session: SessionId, step: i64, now: DateTime<Utc>) -> Write<'static> {
    write_of!(UPDATE_CONFIRMED, user.0, session.0, Instant(now), step)
}

const UPDATE_STEP: &str =
    "UPDATE totp_secrets SET last_step = $3 WHERE user_id = $1 AND is_confirmed = TRUE AND sealed = $2 AND last_step < $3";

/// Uses a step of this very secret up, and all before it. Guarded: it was not used.
pub fn update_step(user: UserId, sealed: &[u8], step: i64) -> Write<'_> {
    write_of!(UPDATE_STEP, user.0, sealed, step).guarded()
}

const DELETE_CONFIRMED: &str = "DELETE FROM totp_secrets WHERE user_id = $1 AND is_confirmed = TRUE";

/// The app in use is not in use any more.
pub fn delete_confirmed(user: UserId) -> Write<'static> {
    write_of!(DELETE_CONFIRMED, user.0)
}

const DELETE_TOTP: &str = "DELETE FROM totp_secrets WHERE user_id = $1";
const DELETE_RECOVERY_CODES: &str = "DELETE FROM recovery_codes WHERE user_id = $1";

/// Makes all recovery codes of this person worthless.
pub fn delete_recovery_codes(user: UserId) -> Write<'static> {
    write_of!(DELETE_RECOVERY_CODES, user.0)
}

/// Forgets the app, in use or being set up.
pub fn delete_totp(user: UserId) -> Write<'static> {
    write_of!(DELETE_TOTP, user.0)
}

/// Forgets everything, passkeys too: whether an app was in use or being set up.
pub async fn delete_for_user(tx: &mut Tx, user: UserId) -> Result<bool, StoreError> {
    tx.run(delete_recovery_codes(user)).await?;
    tx.run(passkeys::delete_for_user(user)).await?;
    tx.run(delete_totp(user)).await
}

const INSERT_RECOVERY_CODE: &str = "INSERT INTO recovery_codes (user_id, code_hash, created_at) VALUES ($1, $2, $3)";

/// One more recovery code.
pub fn insert_recovery_code(user: UserId, code_hash: &[u8; 32], now: DateTime<Utc>) -> Write<'_> {
    write_of!(INSERT_RECOVERY_CODE, user.0, &code_hash[..], Instant(now))
}

const UPDATE_RECOVERY_CODE_USED: &str =
    "UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND code_hash = $2 AND used_at IS NULL";

/// Uses a recovery code up. Guarded: it is one of this person's, and was not used.
pub fn update_recovery_code_used(user: UserId, code_hash: &[u8; 32], now: DateTime<Utc>) -> Write<'_> {
    write_of!(UPDATE_RECOVERY_CODE_USED, user.0, &code_hash[..], Instant(now)).guarded()
}
