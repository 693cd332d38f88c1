//! `guesses`: every counted attempt at a code. Wrong until marked right.

use chrono::{DateTime, Utc};
use domain::ids::{ChallengeId, GuessId};
use domain::keys::LimitKey;
use domain::limits::{Quota, Usage};

use crate::sends::{offset, since, to_usage};
use crate::{Instant, StoreError, Tx};

/// One attempt to be counted.
#[derive(Clone, Copy, Debug)]
pub struct NewGuess {
    /// Key.
    pub id: GuessId,
    /// Whose code.
    pub phone_key: LimitKey,
    /// Which code.
    pub challenge_id: ChallengeId,
    /// When.
    pub at: DateTime<Utc>,
}

const USAGE: &str = "SELECT
    (SELECT CAST(count(*) AS BIGINT) FROM guesses WHERE phone_key = $1 AND is_right = FALSE AND guessed_at > $2),
    COALESCE(
        (SELECT guessed_at FROM guesses WHERE phone_key = $1 AND is_right = FALSE AND guessed_at > $2 ORDER BY guessed_at DESC LIMIT 1 OFFSET $3),
        (SELECT min(guessed_at) FROM guesses WHERE phone_key = $1 AND is_right = FALSE AND guessed_at > $2))";

/// Wrong guesses of a phone in the window of `quota`. Exact only while the phone's key is locked.
pub async fn usage(tx: &mut Tx, phone_key: LimitKey, quota: Quota, now: DateTime<Utc>) -> Result<Usage, StoreError> {
    let since = Instant(since(now, quota.window));
    to_usage(fetch!(tx, fetch_one, (i64, Option<Instant>), USAGE, &phone_key.0[..], since, offset(quota))?)
}

const INSERT: &str =
    "INSERT INTO guesses (guess_id, phone_key, challenge_id, is_right, guessed_at) VALUES ($1, $2, $3, FALSE, $4)";

/// Counts an attempt, as a wrong one.
pub async fn insert(tx: &mut Tx, guess: &NewGuess) -> Result<(), StoreError> {
    execute!(tx, INSERT, guess.id.0, &guess.phone_key.0[..], guess.challenge_id.0, Instant(guess.at)).map(|_| ())
}

const UPDATE_RIGHT: &str = "UPDATE guesses SET is_right = TRUE WHERE guess_id = $1";

/// The attempt was right after all: it no longer counts.
pub async fn update_right(tx: &mut Tx, id: GuessId) -> Result<(), StoreError> {
    execute!(tx, UPDATE_RIGHT, id.0).map(|_| ())
}

const DELETE_BEFORE: &str = delete_before!("guesses", "guess_id", "guessed_at");

/// Forgets up to `limit` attempts of before `before`: how many.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}
