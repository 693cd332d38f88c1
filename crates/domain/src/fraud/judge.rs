//! How far the brake is on.
//!
//! A code counts as *lost* when it was sent and nobody has entered it. The young ones, which may still be entered, count as lost only as
//! far as there are more of them than people who are typing explain; sent or not, for a queue may be long. A scope is over when it has
//! lost many codes, and many for each that was entered: one alone is a busy day, or a slow night.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Bucket, Counts, DAY, HOUR, Scope, ScopeKind};
use crate::limits::{Policy, Quota, Standing};

/// Codes of this bucket and of the one before may still be entered: a code lives for 300 s.
const YOUNG: i64 = 2;

/// What is asked of strangers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Nothing.
    #[default]
    Free,
    /// Proof of work.
    Proof,
    /// To come again later.
    Refusal,
}

impl Level {
    /// The label.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Proof => "proof",
            Self::Refusal => "refusal",
        }
    }
}

/// The windows that are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Span {
    /// The last hour.
    Hour,
    /// The last day.
    Day,
}

impl Span {
    const ALL: [Self; 2] = [Self::Hour, Self::Day];

    const fn buckets(self) -> i64 {
        match self {
            Self::Hour => HOUR,
            Self::Day => DAY,
        }
    }

    const fn length(self) -> TimeDelta {
        match self {
            Self::Hour => TimeDelta::hours(1),
            Self::Day => TimeDelta::days(1),
        }
    }
}

/// What a scope of one kind bears.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Young codes that are still being typed in, at most; beyond that they count as lost.
    pub typing: u32,
    /// Codes lost in an hour before strangers are asked for proof of work.
    pub lost: u32,
}

/// When the brake is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thresholds {
    /// Of one network.
    pub network: Bounds,
    /// Of one prefix.
    pub prefix: Bounds,
    /// Of one country.
    pub country: Bounds,
    /// Of the whole installation.
    pub fleet: Bounds,
    /// So many times as many may be lost in a day.
    pub day_factor: u32,
    /// So many times as many may be lost before strangers are refused.
    pub refusal_factor: u32,
    /// Codes lost for each hundred that were entered, at least, for proof of work.
    pub proof_percent: u32,
    /// And for a refusal.
    pub refusal_percent: u32,
}

impl Default for Thresholds {
    fn default() -> Self {
        let bounds = |typing, lost| Bounds { typing, lost };
        Self {
            network: bounds(300, 50),
            prefix: bounds(100, 50),
            // More than one prefix can lose in an hour: whoever pumps one does not put the others to work.
            country: bounds(300, 300),
            fleet: bounds(300, 300),
            day_factor: 2,
            refusal_factor: 3,
            proof_percent: 100,
            refusal_percent: 300,
        }
    }
}

/// Why a scope is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Over {
    /// Which.
    pub scope: Scope,
    /// In which window.
    pub span: Span,
    /// How far.
    pub level: Level,
    /// Codes lost in it.
    pub lost: u32,
    /// How many it bears.
    pub most: u32,
}

/// What the scopes of a request say to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The scope that is furthest over, of several the narrowest.
    pub over: Option<Over>,
    /// When it is refused: until none of its scopes refuses any more, if nothing else comes.
    until: Option<DateTime<Utc>>,
}

impl Verdict {
    /// What is asked of a stranger.
    pub fn level(&self) -> Level {
        self.over.map_or(Level::Free, |over| over.level)
    }

    /// A refusal as limits are told.
    pub fn refusal(&self, now: DateTime<Utc>) -> Option<Standing> {
        let (over, until) = (self.over?, self.until?);
        let quota = Quota { policy: Policy::SmsBrake, limit: over.most, window: over.span.length() };
        Some(Standing { quota, remaining: 0, reset_in: until - now })
    }
}

/// The counts of one scope.
pub type Series = Vec<(Bucket, Counts)>;

impl Thresholds {
    /// What the scopes of a request say to it. `of` has the counts of a scope.
    pub fn judge(&self, scopes: &[Scope], of: impl Fn(Scope) -> Series, now: DateTime<Utc>) -> Verdict {
        let bucket = Bucket::of(now);
        let series: Vec<(Scope, Series)> = scopes.iter().map(|scope| (*scope, of(*scope))).collect();
        let over = series.iter().filter_map(|(scope, counts)| self.over(*scope, counts, bucket));
        // The first of the highest: `max_by_key` would take the last.
        let over = over.reduce(|best, next| if next.level > best.level { next } else { best });
        let is_refused = over.is_some_and(|over| over.level == Level::Refusal);
        Verdict { over, until: is_refused.then(|| self.refused_until(series, bucket)).flatten() }
    }

    /// The bounds of a kind.
    pub const fn bounds(&self, kind: ScopeKind) -> Bounds {
        match kind {
            ScopeKind::Network => self.network,
            ScopeKind::Prefix => self.prefix,
            ScopeKind::Country => self.country,
            ScopeKind::Fleet => self.fleet,
        }
    }

    /// How far a scope is over, if it is.
    pub fn over(&self, scope: Scope, counts: &[(Bucket, Counts)], now: Bucket) -> Option<Over> {
        let Bounds { typing, lost: bound } = self.bounds(scope.kind());
        let windows = Span::ALL.map(|span| (span, Window::of(counts, now, span.buckets())));
        let levels = [(Level::Refusal, self.refusal_factor, self.refusal_percent), (Level::Proof, 1, self.proof_percent)];
        levels.into_iter().find_map(|(level, factor, percent)| {
            windows.into_iter().find_map(|(span, window)| {
                let days = if span == Span::Day { self.day_factor } else { 1 };
                let most = bound.saturating_mul(factor).saturating_mul(days);
                let lost = window.lost(typing);
                let is_over = lost >= most && u64::from(lost) * 100 >= u64::from(window.verified) * u64::from(percent);
                is_over.then_some(Over { scope, span, level, lost, most })
            })
        })
    }

    /// Levels fall only where a bucket leaves a window: the first such moment at which nothing refuses. Codes on their way will be sent.
    fn refused_until(&self, mut series: Vec<(Scope, Series)>, now: Bucket) -> Option<DateTime<Utc>> {
        let young = series.iter_mut().flat_map(|(_, counts)| counts).filter(|(bucket, _)| bucket.until(now) < YOUNG);
        young.for_each(|(_, counts)| counts.sent = counts.sent.max(counts.asked));
        let buckets = series.iter().flat_map(|(_, counts)| counts.iter().map(|(bucket, _)| *bucket));
        let mut ends: Vec<Bucket> =
            buckets.flat_map(|bucket| [HOUR, DAY].map(|age| bucket.back(-age))).filter(|end| *end > now).collect();
        ends.sort_unstable();
        ends.dedup();
        let is_refused = |(scope, counts): &(Scope, Series), at| {
            self.over(*scope, counts, at).is_some_and(|over| over.level == Level::Refusal)
        };
        ends.into_iter().find(|end| !series.iter().any(|one| is_refused(one, *end))).map(Bucket::start)
    }
}

/// The sums of a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Window {
    /// Codes that were sent and can no longer be entered, and were not.
    expired: u32,
    /// Codes that were entered.
    verified: u32,
    /// Codes that may still be.
    young: u32,
}

impl Window {
    fn of(counts: &[(Bucket, Counts)], now: Bucket, buckets: i64) -> Self {
        let mut sum = Self::default();
        for (bucket, counts) in counts {
            let age = bucket.until(now);
            if age >= buckets {
                continue;
            }
            sum.verified = sum.verified.saturating_add(counts.verified);
            // A bucket of tomorrow is one of a clock that was put back: its codes are young.
            if age < YOUNG {
                sum.young = sum.young.saturating_add(counts.asked.saturating_sub(counts.verified));
            } else {
                let sent = counts.sent.min(counts.asked);
                sum.expired = sum.expired.saturating_add(sent.saturating_sub(counts.verified));
            }
        }
        sum
    }

    const fn lost(self, typing: u32) -> u32 {
        self.expired.saturating_add(self.young.saturating_sub(typing))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::fraud::{Board, Prefix};

    const PREFIX: Scope = Scope::Prefix(Prefix::Saudi(0));

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000, 0).expect("in range")
    }

    /// So many codes asked for and entered, so many minutes ago.
    fn counts(of: &[(i64, u32, u32)]) -> Series {
        let mut board = Board::default();
        for (minutes, asked, verified) in of {
            let bucket = Bucket::of(now() - TimeDelta::minutes(*minutes));
            board.add(PREFIX, bucket, Counts { asked: *asked, sent: *asked, verified: *verified, failed: 0 });
        }
        board.of(PREFIX).collect()
    }

    fn level(of: &[(i64, u32, u32)]) -> Level {
        Thresholds::default().judge(&[PREFIX], |_| counts(of), now()).level()
    }

    #[test]
    fn many_lost_codes_ask_for_proof_and_more_of_them_for_patience() {
        assert_eq!(level(&[]), Level::Free);
        assert_eq!(level(&[(30, 49, 0)]), Level::Free);
        assert_eq!(level(&[(30, 50, 0)]), Level::Proof);
        assert_eq!(level(&[(30, 149, 0)]), Level::Proof);
        assert_eq!(level(&[(30, 150, 0)]), Level::Refusal);
    }

    #[test]
    fn where_most_codes_are_entered_many_may_be_lost() {
        assert_eq!(level(&[(30, 10_000, 5_001)]), Level::Free, "fewer lost than entered");
        assert_eq!(level(&[(30, 10_000, 5_000)]), Level::Proof, "as many");
        assert_eq!(level(&[(30, 10_000, 2_501)]), Level::Proof);
        assert_eq!(level(&[(30, 10_000, 2_500)]), Level::Refusal, "three times as many");
    }

    #[test]
    fn codes_that_are_being_typed_in_are_not_lost_yet_unless_they_are_very_many() {
        assert_eq!(level(&[(0, 149, 0)]), Level::Free);
        assert_eq!(level(&[(0, 100, 0), (5, 50, 0)]), Level::Proof, "beyond the hundred that people may be typing");
        assert_eq!(level(&[(0, 250, 0)]), Level::Refusal);
        assert_eq!(level(&[(10, 50, 0)]), Level::Proof, "ten minutes later they are");
    }

    #[test]
    fn codes_that_no_provider_took_are_nobodys_loss() {
        let counts = |minutes: i64, sent: u32| {
            let bucket = Bucket::of(now() - TimeDelta::minutes(minutes));
            vec![(bucket, Counts { asked: 10_000, sent, ..Counts::default() })]
        };
        let judge = |minutes, sent| Thresholds::default().judge(&[PREFIX], |_| counts(minutes, sent), now());
        assert_eq!(judge(0, 0).level(), Level::Refusal, "they may still be on their way");
        let wait = judge(0, 0).refusal(now()).expect("refused").reset_in;
        assert_eq!(wait, TimeDelta::days(1), "and most likely they are");
        assert_eq!(judge(10, 0).level(), Level::Free);
        assert_eq!(judge(10, 49).level(), Level::Free);
        assert_eq!(judge(10, 50).level(), Level::Proof);
        assert_eq!(judge(10, 20_000).over.map(|over| over.lost), Some(10_000), "a text that is sent again is no second code");
    }

    #[test]
    fn what_is_slow_enough_for_the_hour_is_seen_by_the_day() {
        let slow = |an_hour: u32| (1..23).map(|hour| (hour * 60 + 1, an_hour, 0)).collect::<Vec<_>>();
        assert_eq!(level(&slow(4)), Level::Free);
        assert_eq!(level(&slow(5)), Level::Proof, "110 in 22 hours, and 99 are borne");
        assert_eq!(level(&slow(14)), Level::Refusal);
        assert_eq!(level(&[(24 * 60, 10_000, 0)]), Level::Free, "yesterday's");
    }

    #[test]
    fn the_narrowest_of_those_furthest_over_is_the_reason() {
        let thresholds = Thresholds::default();
        let of = |scope: Scope| counts(if scope == Scope::Fleet { &[(30, 900, 0)] } else { &[(30, 60, 0)] });
        let verdict = thresholds.judge(&[PREFIX, Scope::Fleet], of, now());
        assert_eq!(verdict.over.map(|over| (over.scope, over.lost, over.most)), Some((Scope::Fleet, 900, 900)));
        let all_over = |_| counts(&[(30, 900, 0)]);
        let verdict = thresholds.judge(&[PREFIX, Scope::Fleet], all_over, now());
        assert_eq!(verdict.over.map(|over| over.scope), Some(PREFIX));
    }

    #[test]
    fn a_refusal_says_when_it_is_over() {
        let thresholds = Thresholds::default();
        let verdict = thresholds.judge(&[PREFIX], |_| counts(&[(30, 150, 0), (20, 100, 0)]), now());
        let standing = verdict.refusal(now()).expect("refused");
        assert_eq!((standing.quota.policy, standing.remaining), (Policy::SmsBrake, 0));
        assert_eq!(standing.reset_in, TimeDelta::minutes(30), "the older ones leave the hour, and a hundred are borne");
        let proof = thresholds.judge(&[PREFIX], |_| counts(&[(30, 50, 0)]), now());
        assert_eq!(proof.refusal(now()), None);
    }

    proptest! {
        #[test]
        fn a_retry_when_told_is_not_refused_and_a_bucket_earlier_it_is(
            of in prop::collection::vec((0_i64..1_500, 0_u32..400, 0_u32..60), 1..20)
        ) {
            let of: Vec<_> = of.into_iter().map(|(minutes, asked, verified)| (minutes, asked, verified.min(asked))).collect();
            let thresholds = Thresholds::default();
            let at = |time| thresholds.judge(&[PREFIX, Scope::Fleet], |_| counts(&of), time);
            if let Some(standing) = at(now()).refusal(now()) {
                let end = now() + standing.reset_in;
                prop_assert!(standing.reset_in > TimeDelta::zero() && standing.reset_in <= TimeDelta::days(1));
                prop_assert!(at(end).level() < Level::Refusal);
                prop_assert_eq!(at(end - TimeDelta::seconds(1)).level(), Level::Refusal);
            }
        }

        #[test]
        fn more_lost_codes_never_release_the_brake(asked in 0_u32..500, verified in 0_u32..100, more in 0_u32..100) {
            let verified = verified.min(asked);
            prop_assert!(level(&[(30, asked + more, verified)]) >= level(&[(30, asked, verified)]));
        }
    }
}
