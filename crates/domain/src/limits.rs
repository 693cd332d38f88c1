//! Rate limits as data: policies, where a window stands, and what a caller is told (draft-ietf-httpapi-ratelimit-headers).

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// The named limits. The names are public: they stand in headers and in `violated_policies`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Policy {
    /// Messages per phone and hour.
    #[serde(rename = "otp-send")]
    OtpSend,
    /// Messages per phone and day.
    #[serde(rename = "otp-send-day")]
    OtpSendDay,
    /// One message per phone and purpose in the cooldown.
    #[serde(rename = "otp-cooldown")]
    OtpCooldown,
    /// Messages per client address.
    #[serde(rename = "otp-address")]
    OtpAddress,
    /// Wrong guesses per phone and day.
    #[serde(rename = "otp-guess")]
    OtpGuess,
    /// The wait after challenges of a phone that died of wrong guesses.
    #[serde(rename = "otp-wait")]
    OtpWait,
    /// Texts for waiting instead of a proof of work, and each puzzle once. No refusal names it: the answer is another puzzle.
    #[serde(rename = "otp-proof")]
    OtpProof,
    /// Wrong answers to the second factor, per person.
    #[serde(rename = "factor-guess")]
    FactorGuess,
    /// Whole numbers shown to an admin who reads the log of messages.
    #[serde(rename = "number-show")]
    NumberShow,
    /// Sign-ins with a passkey that were begun, per client address.
    #[serde(rename = "passkey-address")]
    PasskeyAddress,
    /// Slots held, per client address or person.
    #[serde(rename = "booking-hold")]
    BookingHold,
    /// Codes that nobody enters, of all that share a prefix, a network or the installation: the fraud brake.
    #[serde(rename = "sms-brake")]
    SmsBrake,
    /// Requests per client address and process: the flood gate.
    #[serde(rename = "flood")]
    Flood,
}

impl Policy {
    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OtpSend => "otp-send",
            Self::OtpSendDay => "otp-send-day",
            Self::OtpCooldown => "otp-cooldown",
            Self::OtpAddress => "otp-address",
            Self::OtpGuess => "otp-guess",
            Self::OtpWait => "otp-wait",
            Self::OtpProof => "otp-proof",
            Self::FactorGuess => "factor-guess",
            Self::NumberShow => "number-show",
            Self::PasskeyAddress => "passkey-address",
            Self::BookingHold => "booking-hold",
            Self::SmsBrake => "sms-brake",
            Self::Flood => "flood",
        }
    }
}

/// What a limit is kept under: half an HMAC-SHA256 of what is limited (128 bits: no two phones share one by chance). Made in `keys`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LimitKey(pub [u8; 16]);

/// A limit: at most `limit` in any `window`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Its name.
    pub policy: Policy,
    /// How many.
    pub limit: u32,
    /// In how long a sliding window.
    pub window: TimeDelta,
}

/// What has been used of a quota inside its window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// How many so far.
    pub used: u32,
    /// The use that must leave the window before there is room again: with `used ≥ limit`, the `(used − limit + 1)`-th oldest;
    /// otherwise the oldest. `None` when nothing is used.
    pub frees_at_from: Option<DateTime<Utc>>,
}

/// Where a quota stands: the wire shape of `rate_limit`, and the source of the headers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which quota.
    pub quota: Quota,
    /// How many are left.
    pub remaining: u32,
    /// Until more are left. Zero when nothing is used.
    pub reset_in: TimeDelta,
}

impl Quota {
    /// The start of the window that ends at `now`; a window longer than time itself starts with 1970.
    pub fn since(self, now: DateTime<Utc>) -> DateTime<Utc> {
        now.checked_sub_signed(self.window).unwrap_or_default()
    }

    /// Of a quota of one: what a use at `at` has used of it by `now`.
    pub fn usage_at(self, at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Usage {
        let inside = at.filter(|at| *at > self.since(now));
        Usage { used: u32::from(inside.is_some()), frees_at_from: inside }
    }

    /// Where this quota stands at `now`.
    pub fn standing(self, usage: Usage, now: DateTime<Utc>) -> Standing {
        let reset_in = usage.frees_at_from.map_or(TimeDelta::zero(), |at| (at + self.window - now).max(TimeDelta::zero()));
        Standing { quota: self, remaining: self.limit.saturating_sub(usage.used), reset_in }
    }
}

impl Standing {
    /// Nothing left.
    pub const fn is_spent(&self) -> bool {
        self.remaining == 0
    }

    /// `reset_in` in whole seconds, rounded up: waiting that long is always enough.
    pub fn reset_in_s(&self) -> u64 {
        ceil_seconds(self.reset_in)
    }
}

/// Whole seconds, rounded up; negative spans are zero.
pub fn ceil_seconds(span: TimeDelta) -> u64 {
    u64::try_from((span.num_milliseconds() + 999).div_euclid(1000)).unwrap_or(0)
}

/// A refusal: which quotas are spent, and when trying again will work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotaExceeded {
    /// The spent quotas, at least one.
    pub violated: Vec<Standing>,
}

impl QuotaExceeded {
    /// `Some` when at least one of `standings` is spent.
    pub fn check(standings: impl IntoIterator<Item = Standing>) -> Option<Self> {
        let violated: Vec<_> = standings.into_iter().filter(Standing::is_spent).collect();
        (!violated.is_empty()).then_some(Self { violated })
    }

    /// Whole seconds after which none of the violated quotas stands in the way; at least one.
    pub fn retry_after_s(&self) -> u64 {
        self.violated.iter().map(Standing::reset_in_s).max().unwrap_or(0).max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(s: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(s, 0).expect("in range")
    }

    const HOURLY: Quota = Quota { policy: Policy::OtpSend, limit: 5, window: TimeDelta::hours(1) };

    #[test]
    fn a_window_frees_when_its_oldest_use_leaves() {
        let standing = HOURLY.standing(Usage { used: 5, frees_at_from: Some(at(100)) }, at(1_000));
        assert!(standing.is_spent());
        assert_eq!(standing.reset_in_s(), 2_700);
        assert_eq!(HOURLY.standing(Usage::default(), at(0)).remaining, 5);
    }

    #[test]
    fn the_wait_is_the_longest_of_the_violated_and_never_zero() {
        let cooldown = Quota { policy: Policy::OtpCooldown, limit: 1, window: TimeDelta::seconds(60) };
        let refusal = QuotaExceeded::check([
            HOURLY.standing(Usage { used: 4, frees_at_from: Some(at(0)) }, at(30)),
            cooldown.standing(Usage { used: 1, frees_at_from: Some(at(0)) }, at(30)),
        ])
        .expect("the cooldown is spent");
        assert_eq!(refusal.violated.len(), 1);
        assert_eq!(refusal.retry_after_s(), 30);
        assert_eq!(ceil_seconds(TimeDelta::milliseconds(1)), 1);
        assert_eq!(ceil_seconds(TimeDelta::milliseconds(-1)), 0);
    }
}
