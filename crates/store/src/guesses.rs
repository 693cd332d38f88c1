//! The limit of the guesses at codes of a phone: a row of `limit_keys` that also knows how many were wrong in a row, how many
//! challenges died of them, and when the last one did. What is decided on and what is written are one row, so that it is exact
//! however many guess at once.

use chrono::{DateTime, TimeDelta, Utc};
use domain::keys::LimitKey;
use domain::limits::Quota;
use domain::uses::{Use, Uses};
use sqlx::FromRow;

use crate::limit_keys::{forget_at, place_of, read, width};
use crate::read::number;
use crate::write::{Write, write_of};
use crate::{Instant, StoreError};

/// How long a phone's failures are remembered after the last one, at least: longer than the year that the bound on guessing speaks of.
const REMEMBERED: TimeDelta = TimeDelta::days(400);

/// What is known of the guesses at codes of a phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The wrong ones, and the one being compared.
    pub uses: Uses,
    /// Wrong ones since the last right one.
    pub streak: u32,
    /// Challenges that died of wrong ones since the last right one.
    pub deaths: u32,
    /// When the last challenge died.
    pub died_at: Option<DateTime<Utc>>,
}

/// The columns of [`RecordRow`], of a limit joined as `guesses`.
macro_rules! guess_columns {
    () => {
        "guesses.uses AS guess_uses, guesses.streak AS guess_streak, guesses.deaths AS guess_deaths, guesses.died_at AS guess_died_at"
    };
}

pub(crate) use guess_columns;

/// A record that need not be there (a left join).
#[derive(FromRow)]
pub(crate) struct RecordRow {
    guess_uses: Option<String>,
    guess_streak: Option<i32>,
    guess_deaths: Option<i32>,
    guess_died_at: Option<Instant>,
}

impl TryFrom<RecordRow> for Record {
    type Error = StoreError;

    fn try_from(row: RecordRow) -> Result<Self, StoreError> {
        Ok(Self {
            uses: read(row.guess_uses.as_deref())?,
            streak: number(row.guess_streak.unwrap_or_default(), "limit_keys.streak")?,
            deaths: number(row.guess_deaths.unwrap_or_default(), "limit_keys.deaths")?,
            died_at: row.guess_died_at.map(|at| at.0),
        })
    }
}

/// One guess, about to be compared.
#[derive(Clone, Copy, Debug)]
pub struct Guess {
    /// The phone's guesses.
    pub key: LimitKey,
    /// How many there may be.
    pub quota: Quota,
    /// How many the row keeps, whoever guesses.
    pub remembered: u32,
    /// This one.
    pub one: Use,
    /// The streak as it was read; it must not have changed.
    pub streak: u32,
    /// Whether it makes the streak longer. One that is not compared does not.
    pub is_compared: bool,
    /// Whether its challenge dies of it, should it be wrong.
    pub is_last: bool,
}

// 17: `Use::INSTANT_WIDTH`, as in `limit_keys`.
const COUNT: &str =
    "INSERT INTO limit_keys (limit_key, uses, forget_at, streak, deaths, died_at) VALUES ($1, $2, $3, $8, $9, $10)
    ON CONFLICT (limit_key) DO UPDATE SET uses = substr(excluded.uses || limit_keys.uses, 1, $4),
    forget_at = CASE WHEN excluded.forget_at > limit_keys.forget_at THEN excluded.forget_at ELSE limit_keys.forget_at END,
    streak = excluded.streak, deaths = limit_keys.deaths + excluded.deaths,
    died_at = COALESCE(excluded.died_at, limit_keys.died_at)
    WHERE substr(limit_keys.uses, $5, 17) <= $6 AND limit_keys.streak = $7";

/// Counts a guess before it is compared, as if it were wrong. Guarded: there is room, and nobody else's came in between.
pub fn count(guess: Guess) -> Write<'static> {
    let Guess { key, quota, remembered, one, streak, is_compared, is_last } = guess;
    let small = |value: u32| i32::try_from(value).unwrap_or(i32::MAX);
    write_of!(
        COUNT,
        key.0.to_vec(),
        one.to_text(),
        Instant(forget_at(one.at, REMEMBERED)),
        small(quota.limit.max(remembered)).saturating_mul(width()),
        place_of(quota.limit),
        Use::instant_text(quota.since(one.at)),
        small(streak),
        small(streak.saturating_add(u32::from(is_compared))),
        i32::from(is_last),
        is_last.then_some(Instant(one.at)),
    )
    .guarded()
}

const REFUND: &str =
    "UPDATE limit_keys SET uses = replace(uses, $2, ''), streak = CASE WHEN streak > 0 THEN streak - 1 ELSE 0 END
    WHERE limit_key = $1 AND replace(uses, $2, '') <> uses";

/// This guess was right after all, though nothing came of it. Once: a second time there is nothing to take back.
pub fn refund(key: LimitKey, one: Use) -> Write<'static> {
    write_of!(REFUND, key.0.to_vec(), one.to_text())
}

const SUCCEEDED: &str =
    "UPDATE limit_keys SET uses = replace(uses, $2, ''), streak = 0, deaths = 0, died_at = NULL WHERE limit_key = $1";

/// This guess was right, and with it the row of wrong ones is over. What they have used of their windows they have used.
pub fn update_succeeded(key: LimitKey, one: Use) -> Write<'static> {
    write_of!(SUCCEEDED, key.0.to_vec(), one.to_text())
}

const REBOUND: &str = "UPDATE limit_keys SET streak = 0, deaths = 0, died_at = NULL WHERE limit_key = $1";

/// Somebody vouches for whoever holds the phone: the row of wrong guesses is over.
pub fn update_rebound(key: LimitKey) -> Write<'static> {
    write_of!(REBOUND, key.0.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_the_guard_and_the_width_of_an_instant_are_one() {
        assert!(COUNT.contains(&format!(", {})", Use::INSTANT_WIDTH)));
    }
}
