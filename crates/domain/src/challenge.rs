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
    pub code_length: CodeLength,
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
    fn a_resend_never_carries_it_past_the_end() {
        let fresh = challenge();
        let life = TimeDelta::seconds(300);
        assert_eq!(fresh.extended(fresh.created_at + TimeDelta::seconds(60), life), fresh.created_at + TimeDelta::seconds(360));
        assert_eq!(fresh.extended(fresh.created_at + TimeDelta::seconds(301), life), fresh.final_at);
    }
}
