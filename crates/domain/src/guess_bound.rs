//! How likely it is at most that somebody guesses their way into one account within a year. It follows from the limits alone, so that
//! an operator sees what a setting costs before it is in force. `docs/security.md` has the derivation, and `tests/guess_bound.rs` an
//! attacker who plays against it.
//!
//! The attacker is on no known device, knows everything but the codes, and has the owner come by whenever that helps: a right code ends
//! the failures in a row and the waits, so neither is counted on here. What a right code does not forget bounds everything: the
//! guesses of the day and the failures of [`FAILURES_WINDOW`]. The alarm of the fleet makes codes longer and nothing shorter: left out.

use chrono::TimeDelta;
use serde::Serialize;

use crate::challenge::{ChallengeRules, FAILURES_WINDOW};
use crate::limits::{Quota, ceil_seconds};

/// The bound holds for any so long.
pub const YEAR: TimeDelta = TimeDelta::days(365);

/// What holds back a stranger who guesses at codes of one phone.
#[derive(Clone, Debug)]
pub struct GuessRules {
    /// What a challenge bears, how long, and how long its code is.
    pub challenge: ChallengeRules,
    /// Wrong guesses, at all challenges together.
    pub guesses: Quota,
    /// Challenges: all of these hold.
    pub challenges: Vec<Quota>,
    /// Wrong guesses without a right one between them.
    pub in_a_row: u32,
}

/// The bound, and the figures it is made of.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GuessBound {
    /// That one account is guessed in a year: no attacker has a better chance.
    pub chance: f64,
    /// The same of an account whose owner never signs in, so that the guesses in a row end it.
    pub chance_unvisited: f64,
    /// Guesses in a year, whatever the codes.
    pub guesses: u64,
    /// Guesses in the longest life of a challenge: so many may still come when the code ought to be longer.
    pub burst: u64,
    /// How many windows of failures make up a year.
    pub windows: u64,
    /// The shortest codes first.
    pub lengths: [GuessesAtLength; 3],
}

/// What codes of one length add to the bound.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GuessesAtLength {
    /// Of the code.
    pub digits: u8,
    /// A challenge made at fewer failures than these has no longer code. `None`: however many.
    pub below_failures: Option<u32>,
    /// Guesses in a year at codes of this length, when those at shorter ones are as many as can be.
    pub guesses: u64,
    /// What they add.
    pub chance: f64,
}

/// Accounts taken over in a year, of all there are.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct FleetBound {
    /// So many accounts.
    pub accounts: u64,
    /// Expected take-overs, at most: the smaller one of the two that follow.
    pub takeovers: f64,
    /// If every account is guessed at.
    pub by_accounts: f64,
    /// If every message of the budget brings a challenge, and each challenge all of its guesses at the shortest code.
    pub by_messages: f64,
    /// Messages in a year.
    pub messages: u64,
}

impl GuessRules {
    /// Computes it.
    pub fn bound(&self) -> GuessBound {
        let life = self.longest_life();
        let guesses = self.most_guesses(YEAR, YEAR + life);
        let burst = self.most_guesses(life, life);
        let windows = count(YEAR, FAILURES_WINDOW);
        let lengths = self.challenge.code_lengths;
        let usual = lengths.usual.digits();
        let longer = usual.max(lengths.longer.digits());
        let steps = [
            (usual, Some(lengths.longer_from.min(lengths.longest_from))),
            (longer, Some(lengths.longest_from)),
            (longer.max(lengths.longest.digits()), None),
        ];
        // So many guesses at most at codes that are no longer than those of the step.
        let up_to = |below: Option<u32>| match below {
            Some(0) => 0,
            Some(below) => windows.saturating_mul(u64::from(below - 1).saturating_add(burst)).min(guesses),
            None => guesses,
        };
        let mut shorter = 0;
        let lengths = steps.map(|(digits, below_failures)| {
            let all = up_to(below_failures);
            let guesses = all - shorter;
            shorter = all;
            GuessesAtLength { digits, below_failures, guesses, chance: chance(guesses, digits) }
        });
        let mut left = u64::from(self.in_a_row);
        let unvisited = lengths.each_ref().map(|length| {
            let guesses = length.guesses.min(left);
            left -= guesses;
            chance(guesses, length.digits)
        });
        let sum = |chances: [f64; 3]| chances.iter().sum::<f64>().min(1.0);
        GuessBound {
            chance: sum(lengths.each_ref().map(|length| length.chance)),
            chance_unvisited: sum(unvisited),
            guesses,
            burst,
            windows,
            lengths,
        }
    }

    /// The same over the fleet. A stranger's challenge takes a place in the day's budget of messages, or there is none.
    pub fn fleet(&self, accounts: u64, messages_a_day: u32) -> FleetBound {
        let bound = self.bound();
        // A span of whole days lies on one day of the calendar more, and challenges of just before it may still be open.
        let days = count(YEAR + self.longest_life(), TimeDelta::days(1)) + 1;
        let messages = days.saturating_mul(messages_a_day.into());
        let guesses = messages.saturating_mul(self.challenge.max_attempts.into());
        let shortest = bound.lengths.iter().find(|length| length.guesses > 0);
        let by_messages = shortest.map_or(0.0, |length| chance(guesses, length.digits));
        let by_accounts = number(accounts) * bound.chance;
        FleetBound { accounts, takeovers: by_accounts.min(by_messages), by_accounts, by_messages, messages }
    }

    /// Guesses in any `span`, at challenges made in any `made`.
    fn most_guesses(&self, span: TimeDelta, made: TimeDelta) -> u64 {
        let challenges = self.challenges.iter().map(|quota| most(*quota, made)).min().unwrap_or(u64::MAX);
        most(self.guesses, span).min(challenges.saturating_mul(self.challenge.max_attempts.into()))
    }

    fn longest_life(&self) -> TimeDelta {
        self.challenge.max_life.max(self.challenge.life)
    }
}

/// Uses of a quota in any `span`.
fn most(quota: Quota, span: TimeDelta) -> u64 {
    count(span, quota.window).saturating_mul(quota.limit.into())
}

/// How many windows cover a span. A window of no length limits nothing.
fn count(span: TimeDelta, window: TimeDelta) -> u64 {
    let window = u64::try_from(window.num_seconds()).unwrap_or_default();
    if window == 0 { u64::MAX } else { ceil_seconds(span).div_ceil(window) }
}

/// That one of so many guesses at codes of so many digits is right, at most.
fn chance(guesses: u64, digits: u8) -> f64 {
    number(guesses) / 10_f64.powi(digits.into())
}

#[expect(clippy::cast_precision_loss, reason = "of a chance nobody reads the sixteenth digit")]
fn number(count: u64) -> f64 {
    count as f64
}

/// Three digits that say something, rounded up as a bound is: `0.0325 %`, `12.4 %`.
pub fn percent(chance: f64) -> String {
    let value = chance * 100.0;
    let places = (0..12).find(|places| value * 10_f64.powi(*places) > 99.9).unwrap_or_default();
    let unit = 10_f64.powi(places);
    // A little less, or what is a round number in all but its last bit would be the next one; and zero has no sign.
    let value = (value * unit - 1e-6).ceil() / unit + 0.0;
    format!("{value} %")
}
