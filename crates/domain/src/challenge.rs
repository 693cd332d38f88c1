//! A challenge: one code, one purpose, one phone, a short life.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::{ChallengeId, DeviceId, SessionId, UserId};
use crate::limits::LimitKey;
use crate::locale::Locale;
use crate::phone::PhoneNumber;

/// What a code is for. A code of one purpose never works for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Sign in.
    Auth,
    /// A signed-in person proves their number, or moves to another.
    Verify,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 2] = [Self::Auth, Self::Verify];

    /// The stored and public name; part of what the code is derived from.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auth => "auth",
            Self::Verify => "verify",
        }
    }

    /// Reads [`Purpose::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == text)
    }
}

/// How many decimal digits a code has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CodeLength(u8);

impl CodeLength {
    /// Six digits: the default (NIST SP 800-63B-4 §3.1.3.2 asks for at least six).
    pub const SIX: Self = Self(6);

    /// 6 to 10 digits; anything else is `None`.
    pub const fn new(digits: u8) -> Option<Self> {
        if digits >= 6 && digits <= 10 { Some(Self(digits)) } else { None }
    }

    /// Number of digits.
    pub const fn digits(self) -> u8 {
        self.0
    }

    const fn or_longer(self, other: Self) -> Self {
        if self.0 < other.0 { other } else { self }
    }
}

/// The failures of a phone that make its codes longer are those of so long.
pub const FAILURES_WINDOW: TimeDelta = TimeDelta::days(30);

/// How long codes are: longer for a phone whose codes were often guessed wrong of late, and for all while the whole system is being
/// guessed at (contract §2). It depends on nothing else, so that nobody learns from it who has an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeLengths {
    /// Of codes to a phone without much of a history.
    pub usual: CodeLength,
    /// After `longer_from` failures, or with the alarm on.
    pub longer: CodeLength,
    /// Failures within [`FAILURES_WINDOW`].
    pub longer_from: u32,
    /// After `longest_from` failures.
    pub longest: CodeLength,
    /// Failures within [`FAILURES_WINDOW`].
    pub longest_from: u32,
}

impl CodeLengths {
    /// The numbers of the contract.
    pub const CONTRACT: Self =
        Self { usual: CodeLength::SIX, longer: CodeLength(8), longer_from: 10, longest: CodeLength(10), longest_from: 100 };

    /// The length of a code to a phone with so many failures; never shorter for more of them.
    pub const fn of(self, failures: u32, is_alarm_on: bool) -> CodeLength {
        if failures >= self.longest_from {
            self.longest.or_longer(self.longer).or_longer(self.usual)
        } else if failures >= self.longer_from || is_alarm_on {
            self.longer.or_longer(self.usual)
        } else {
            self.usual
        }
    }
}

/// How long a challenge lives and what it bears (contract §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChallengeRules {
    /// From the request, and again from a resend.
    pub life: TimeDelta,
    /// No resend carries it past this, counted from the request.
    pub max_life: TimeDelta,
    /// Wrong guesses until it is dead.
    pub max_attempts: u8,
    /// Digits of the code.
    pub code_lengths: CodeLengths,
}

/// A challenge as stored. The code is not among its fields: it is derived (see `otp`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// 128 random bits.
    pub id: ChallengeId,
    /// Whom it is about.
    pub user_id: UserId,
    /// The user's epoch when it was asked for; a challenge of an older epoch is dead.
    pub epoch: i64,
    /// Where the code goes.
    pub phone: PhoneNumber,
    /// What it is for.
    pub purpose: Purpose,
    /// Digits of the code.
    pub code_length: CodeLength,
    /// Which key derives the code.
    pub key_id: String,
    /// Language of the text message.
    pub locale: Locale,
    /// Under which key the guesses at codes of its phone are counted.
    pub guess_key: LimitKey,
    /// Attempts counted so far, right ones included.
    pub attempts: u8,
    /// Attempts it bears.
    pub max_attempts: u8,
    /// For `verify`: the session that asked. Only it may answer.
    pub session_id: Option<SessionId>,
    /// The known device that asked, if any.
    pub device_id: Option<DeviceId>,
    /// The network it was asked for from, under its keyed hash, when the fraud brake counts it: strangers' are.
    pub network: Option<LimitKey>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it ends.
    pub expires_at: DateTime<Utc>,
    /// When it ends however often it is resent.
    pub final_at: DateTime<Utc>,
    /// Last time a message was queued for it.
    pub last_sent_at: DateTime<Utc>,
    /// When the right code was entered.
    pub consumed_at: Option<DateTime<Utc>>,
}

impl Challenge {
    /// Whether a code may still be entered at `now`.
    pub fn is_live(&self, now: DateTime<Utc>) -> bool {
        self.consumed_at.is_none() && self.attempts < self.max_attempts && now < self.expires_at
    }

    /// Guesses left.
    pub const fn attempts_remaining(&self) -> u8 {
        self.max_attempts.saturating_sub(self.attempts)
    }

    /// The end after a resend at `now`: life starts again but never passes `final_at`, and never shrinks.
    pub fn extended(&self, now: DateTime<Utc>, life: TimeDelta) -> DateTime<Utc> {
        (now + life).min(self.final_at).max(self.expires_at)
    }
}

/// What became of a challenge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The right code was entered.
    Entered,
    /// Too many wrong guesses.
    GuessedOut,
    /// Nobody answered in time.
    RanOut,
    /// Something ended it: its owner was shut out or claimed the phone, or a backup was restored.
    Voided,
    /// A code may still be entered.
    Waiting,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 5] = [Self::Entered, Self::GuessedOut, Self::RanOut, Self::Voided, Self::Waiting];

    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::GuessedOut => "guessed_out",
            Self::RanOut => "ran_out",
            Self::Voided => "voided",
            Self::Waiting => "waiting",
        }
    }
}

impl Challenge {
    /// What has become of it at `now`; `epoch` is its user's. A code that was entered was guessed at least once: what a restore voids is
    /// marked as used up too.
    pub fn outcome(&self, now: DateTime<Utc>, epoch: i64) -> Outcome {
        match self.consumed_at {
            Some(_) if self.attempts > 0 => Outcome::Entered,
            Some(_) => Outcome::Voided,
            None if self.attempts >= self.max_attempts => Outcome::GuessedOut,
            None if now >= self.expires_at => Outcome::RanOut,
            None if self.epoch != epoch => Outcome::Voided,
            None => Outcome::Waiting,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn challenge() -> Challenge {
        let start = DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
        Challenge {
            id: ChallengeId(uuid::Uuid::from_u128(7)),
            user_id: UserId(uuid::Uuid::from_u128(1)),
            epoch: 0,
            phone: PhoneNumber::from_canonical("+966501234567").expect("canonical"),
            purpose: Purpose::Auth,
            code_length: CodeLength::SIX,
            key_id: "k1".into(),
            locale: Locale::Ar,
            guess_key: LimitKey([1; 16]),
            attempts: 0,
            max_attempts: 5,
            session_id: None,
            device_id: None,
            network: None,
            created_at: start,
            expires_at: start + TimeDelta::seconds(300),
            final_at: start + TimeDelta::seconds(600),
            last_sent_at: start,
            consumed_at: None,
        }
    }

    #[test]
    fn a_challenge_dies_by_time_by_guesses_and_by_use() {
        let fresh = challenge();
        let start = fresh.created_at;
        assert!(fresh.is_live(start));
        assert!(fresh.is_live(start + TimeDelta::milliseconds(299_999)));
        assert!(!fresh.is_live(start + TimeDelta::seconds(300)));
        assert!(!Challenge { attempts: 5, ..fresh.clone() }.is_live(start));
        assert!(!Challenge { consumed_at: Some(start), ..fresh }.is_live(start));
    }

    #[test]
    fn a_code_grows_with_the_failures_of_its_phone_and_with_the_alarm() {
        let of = |failures, is_alarm_on| CodeLengths::CONTRACT.of(failures, is_alarm_on).digits();
        assert_eq!([0, 9, 10, 99, 100, u32::MAX].map(|failures| of(failures, false)), [6, 6, 8, 8, 10, 10]);
        assert_eq!([0, 9, 10, 99, 100].map(|failures| of(failures, true)), [8, 8, 8, 8, 10]);
        let odd = CodeLengths { usual: CodeLength(9), longest: CodeLength(6), ..CodeLengths::CONTRACT };
        assert_eq!([0, 10, 100].map(|failures| odd.of(failures, false).digits()), [9, 9, 9], "never shorter for more");
    }

    #[test]
    fn a_resend_never_carries_it_past_the_end() {
        let fresh = challenge();
        let life = TimeDelta::seconds(300);
        assert_eq!(fresh.extended(fresh.created_at + TimeDelta::seconds(60), life), fresh.created_at + TimeDelta::seconds(360));
        assert_eq!(fresh.extended(fresh.created_at + TimeDelta::seconds(301), life), fresh.final_at);
    }

    #[test]
    fn each_end_of_a_challenge_has_its_name() {
        let asked = challenge();
        let now = asked.created_at;
        assert_eq!(asked.outcome(now, 0), Outcome::Waiting);
        assert_eq!(asked.outcome(now, 1), Outcome::Voided);
        assert_eq!(asked.outcome(asked.expires_at, 1), Outcome::RanOut);
        let guessed_out = Challenge { attempts: 5, ..asked.clone() };
        assert_eq!(guessed_out.outcome(asked.expires_at, 0), Outcome::GuessedOut);
        // The right one may be the last there was, and its entering raised the epoch.
        let entered = Challenge { consumed_at: Some(now), ..guessed_out };
        assert_eq!(entered.outcome(asked.expires_at, 1), Outcome::Entered);
        assert_eq!(Challenge { attempts: 0, ..entered }.outcome(now, 0), Outcome::Voided);
    }
}
