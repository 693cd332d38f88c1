//! `challenges`: codes that were asked for. The code itself is nowhere in here.

use chrono::{DateTime, Utc};
use domain::challenge::{Challenge, Purpose};
use domain::ids::{ChallengeId, UserId};

use crate::challenge_row::{ChallengeRow, challenge_columns};
use crate::dialect::{Wording, select_and_lock};
use crate::{Instant, StoreError, Tx};

/// A challenge of `$1` that may still be answered at `$now`.
macro_rules! live {
    ($now:literal) => {
        concat!(
            "challenge_id = $1 AND consumed_at IS NULL AND expires_at > ",
            $now,
            " AND epoch = (SELECT users.epoch FROM users WHERE users.user_id = challenges.user_id)"
        )
    };
}

const INSERT: &str =
    "INSERT INTO challenges (challenge_id, user_id, epoch, phone, purpose, code_length, key_id, locale, attempts,
    max_attempts, session_id, device_id, created_at, expires_at, final_at, last_sent_at, consumed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";

/// Writes a new challenge.
pub async fn insert(tx: &mut Tx, challenge: &Challenge) -> Result<(), StoreError> {
    let c = challenge;
    execute!(
        tx,
        INSERT,
        c.id.0,
        c.user_id.0,
        c.epoch,
        c.phone.as_e164(),
        c.purpose.as_str(),
        i32::from(c.code_length.digits()),
        c.key_id.as_str(),
        c.locale.as_str(),
        i32::from(c.attempts),
        i32::from(c.max_attempts),
        c.session_id.map(|id| id.0),
        c.device_id.map(|id| id.0),
        Instant(c.created_at),
        Instant(c.expires_at),
        Instant(c.final_at),
        Instant(c.last_sent_at),
        c.consumed_at.map(Instant),
    )
    .map(|_| ())
}

const FIND: &str = concat!("SELECT ", challenge_columns!(), " FROM challenges WHERE challenges.challenge_id = $1");

/// The challenge with this id, live or not.
pub async fn find(tx: &mut Tx, id: ChallengeId) -> Result<Option<Challenge>, StoreError> {
    fetch!(tx, fetch_optional, ChallengeRow, FIND, id.0)?.map(Challenge::try_from).transpose()
}

const LOCK: Wording =
    select_and_lock!("challenges", "SELECT ", challenge_columns!(), " FROM challenges WHERE challenges.challenge_id = $1");

/// The challenge with this id; nobody else changes it until this transaction ends.
pub async fn lock(tx: &mut Tx, id: ChallengeId) -> Result<Option<Challenge>, StoreError> {
    let sql = LOCK.of(tx.backend());
    fetch!(tx, fetch_optional, ChallengeRow, sql, id.0)?.map(Challenge::try_from).transpose()
}

const UPDATE_ATTEMPTED: &str = concat!(
    "UPDATE challenges SET attempts = attempts + 1 WHERE ",
    live!("$3"),
    " AND purpose = $2 AND attempts < max_attempts RETURNING ",
    challenge_columns!()
);

/// Counts one attempt, before anything is compared. `None` when there is no live challenge of this id and purpose, or it bears no
/// more. Commit it before comparing: then no rollback, crash or vanished client gives a guess away.
pub async fn update_attempted(
    tx: &mut Tx,
    id: ChallengeId,
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<Option<Challenge>, StoreError> {
    fetch!(tx, fetch_optional, ChallengeRow, UPDATE_ATTEMPTED, id.0, purpose.as_str(), Instant(now))?
        .map(Challenge::try_from)
        .transpose()
}

const UPDATE_CONSUMED: &str = concat!("UPDATE challenges SET consumed_at = $2 WHERE ", live!("$2"));

/// Uses the code up: `true` for exactly one caller.
pub async fn update_consumed(tx: &mut Tx, id: ChallengeId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    execute!(tx, UPDATE_CONSUMED, id.0, Instant(now)).map(|rows| rows > 0)
}

const UPDATE_RESENT: &str =
    concat!("UPDATE challenges SET expires_at = $2, last_sent_at = $3 WHERE ", live!("$3"), " AND attempts < max_attempts");

/// The same code goes out again and lives until `expires_at`: whether the challenge was still live. Attempts stay counted.
pub async fn update_resent(
    tx: &mut Tx,
    id: ChallengeId,
    expires_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    execute!(tx, UPDATE_RESENT, id.0, Instant(expires_at), Instant(now)).map(|rows| rows > 0)
}

const DELETE_BEFORE: &str = delete_before!("challenges", "challenge_id", "expires_at");

/// Forgets up to `limit` challenges that ended before `before`: how many.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}

const DELETE_FOR_USER: &str = "DELETE FROM challenges WHERE user_id = $1";

/// Forgets all challenges of a person: how many.
pub async fn delete_for_user(tx: &mut Tx, user_id: UserId) -> Result<u64, StoreError> {
    execute!(tx, DELETE_FOR_USER, user_id.0)
}
