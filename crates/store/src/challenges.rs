//! `challenges`: codes that were asked for. The code itself is nowhere in here.

use chrono::{DateTime, Utc};
use domain::challenge::Challenge;
use domain::ids::{ChallengeId, DeviceId, UserId};
use domain::keys::LimitKey;
use domain::phone::PhoneNumber;
use domain::user::User;
use sqlx::FromRow;

use crate::challenge_row::{ChallengeRow, challenge_columns};
use crate::devices::{Known, MaybeKnownRow, join_known, known_columns};
use crate::guesses::{Record, RecordRow, guess_columns};
use crate::user_row::{UserRow, user_columns};
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx, read};

/// The challenge `$1`, when it may still be answered at `$now`. Whether it is of its user's epoch is for those to see who have read or
/// locked the user.
macro_rules! live {
    ($now:literal) => {
        concat!("challenge_id = $1 AND consumed_at IS NULL AND expires_at > ", $now)
    };
}

const INSERT: &str =
    "INSERT INTO challenges (challenge_id, user_id, epoch, phone, purpose, code_length, key_id, locale, guess_key, attempts,
    max_attempts, session_id, device_id, network, created_at, expires_at, final_at, last_sent_at, consumed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";

/// Writes a new challenge.
pub fn insert(challenge: &Challenge) -> Write<'_> {
    let c = challenge;
    write_of!(
        INSERT,
        c.id.0,
        c.user_id.0,
        c.epoch,
        c.phone.as_e164(),
        c.purpose.as_str(),
        i32::from(c.code_length.digits()),
        c.key_id.as_str(),
        c.locale.as_str(),
        &c.guess_key.0[..],
        i32::from(c.attempts),
        i32::from(c.max_attempts),
        c.session_id.map(|id| id.0),
        c.device_id.map(|id| id.0),
        c.network.map(|key| key.0.to_vec()),
        Instant(c.created_at),
        Instant(c.expires_at),
        Instant(c.final_at),
        Instant(c.last_sent_at),
        c.consumed_at.map(Instant),
    )
}

const FIND: &str = concat!("SELECT ", challenge_columns!(), " FROM challenges WHERE challenges.challenge_id = $1");

/// The challenge with this id, live or not.
pub async fn find(tx: &mut Tx, id: ChallengeId) -> Result<Option<Challenge>, StoreError> {
    fetch!(tx, fetch_optional, ChallengeRow, FIND, id.0)?.map(Challenge::try_from).transpose()
}

/// A challenge and all it takes to judge an answer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The challenge, live or not.
    pub challenge: Challenge,
    /// Whom it is about, as they are now.
    pub user: User,
    /// What is known of the guesses at codes of its phone.
    pub guesses: Record,
    /// The device that asked for it, else the one that was named, if the owner of the phone is known by it.
    pub device: Option<Known>,
}

#[derive(FromRow)]
struct AskedRow {
    #[sqlx(flatten)]
    challenge: ChallengeRow,
    #[sqlx(flatten)]
    user: UserRow,
    #[sqlx(flatten)]
    guesses: RecordRow,
    #[sqlx(flatten)]
    device: MaybeKnownRow,
}

pub(crate) const FIND_ASKED: &str = concat!(
    "SELECT ",
    challenge_columns!(),
    ", ",
    user_columns!(),
    ", ",
    known_columns!(),
    ", ",
    guess_columns!(),
    " FROM challenges JOIN users ON users.user_id = challenges.user_id
    LEFT JOIN limit_keys AS guesses ON guesses.limit_key = challenges.guess_key",
    join_known!("COALESCE(challenges.device_id, $2)"),
    // Whoever asks about somebody else's number has a device of their own, and it counts for nothing there.
    " AND users.phone = challenges.phone
    WHERE challenges.challenge_id = $1"
);

/// The challenge with this id and what it takes to judge an answer to it, in one statement. `named` is the device that the caller
/// names, should none be known to have asked.
pub async fn find_asked(tx: &mut Tx, id: ChallengeId, named: Option<DeviceId>) -> Result<Option<Asked>, StoreError> {
    let Some(row) = fetch!(tx, fetch_optional, AskedRow, FIND_ASKED, id.0, named.map(|id| id.0))? else { return Ok(None) };
    Ok(Some(Asked {
        challenge: row.challenge.try_into()?,
        user: row.user.try_into()?,
        guesses: row.guesses.try_into()?,
        device: row.device.0,
    }))
}

const UPDATE_ATTEMPTED: &str = concat!(
    "UPDATE challenges SET attempts = attempts + 1 WHERE ",
    live!("$2"),
    " AND attempts < max_attempts AND attempts = $3 RETURNING attempts AS value"
);

/// Counts one attempt after `attempts` others, before anything is compared; its value is the count. Guarded: the challenge is live and
/// bears one more, and nobody else's came in between. Apply it before comparing: then no rollback, crash or vanished client gives a guess away.
pub fn update_attempted(id: ChallengeId, attempts: u8, now: DateTime<Utc>) -> Write<'static> {
    write_of!(UPDATE_ATTEMPTED, id.0, Instant(now), i32::from(attempts)).guarded()
}

const UPDATE_CONSUMED: &str = concat!("UPDATE challenges SET consumed_at = $2 WHERE ", live!("$2"));

/// Uses the code up. Guarded: it is live, so that of several callers one wins.
pub fn update_consumed(id: ChallengeId, now: DateTime<Utc>) -> Write<'static> {
    write_of!(UPDATE_CONSUMED, id.0, Instant(now)).guarded()
}

const UPDATE_RESENT: &str =
    concat!("UPDATE challenges SET expires_at = $3, last_sent_at = $2 WHERE ", live!("$2"), " AND attempts < max_attempts");

/// The same code goes out again and lives until `expires_at`. Attempts stay counted. Guarded: it is live and bears one more.
pub fn update_resent(id: ChallengeId, expires_at: DateTime<Utc>, now: DateTime<Utc>) -> Write<'static> {
    write_of!(UPDATE_RESENT, id.0, Instant(now), Instant(expires_at)).guarded()
}

/// A code that the fraud brake counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedCode {
    /// Where it went.
    pub phone: PhoneNumber,
    /// Where it was asked for.
    pub network: LimitKey,
    /// When it was asked for.
    pub asked_at: DateTime<Utc>,
    /// Whether a provider took it.
    pub is_sent: bool,
    /// When it was entered, if it was.
    pub verified_at: Option<DateTime<Utc>>,
}

pub(crate) const LIST_COUNTED: &str = "SELECT phone, network, created_at, consumed_at,
    EXISTS (SELECT 1 FROM outbox WHERE outbox.challenge_id = challenges.challenge_id AND outbox.state = 'sent') FROM challenges
    WHERE expires_at >= $1 AND expires_at < $2 AND network IS NOT NULL ORDER BY expires_at, challenge_id";

/// The codes that the fraud brake counted and whose life ended from `from` on and before `to`.
pub async fn list_counted(tx: &mut Tx, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<CountedCode>, StoreError> {
    type Row = (String, Vec<u8>, Instant, Option<Instant>, bool);
    let rows = fetch!(tx, fetch_all, Row, LIST_COUNTED, Instant(from), Instant(to))?;
    let read = |(phone, network, asked_at, verified_at, is_sent): Row| {
        Ok(CountedCode {
            phone: read::phone(&phone, "challenges.phone")?,
            network: LimitKey(read::hash(network, "challenges.network")?),
            asked_at: asked_at.0,
            is_sent,
            verified_at: verified_at.map(|at| at.0),
        })
    };
    rows.into_iter().map(read).collect()
}

pub(crate) const DELETE_BEFORE: &str = delete_before!("challenges", "challenge_id", "expires_at");

/// Forgets up to `limit` challenges that ended before `before`: how many.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}

const DELETE_FOR_USER: &str = "DELETE FROM challenges WHERE user_id = $1";

/// Forgets all challenges of a person: how many.
pub async fn delete_for_user(tx: &mut Tx, user_id: UserId) -> Result<u64, StoreError> {
    execute!(tx, DELETE_FOR_USER, user_id.0)
}
