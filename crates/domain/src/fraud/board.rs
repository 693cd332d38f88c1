//! Counts by scope and time.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::Scope;

/// Seconds of a bucket.
const BUCKET_S: i64 = 300;
/// Buckets of an hour, the one under way included.
pub const HOUR: i64 = 12;
/// Buckets of a day, likewise.
pub const DAY: i64 = 288;
/// Only the last so many buckets still change: a code is entered within ten minutes of its request, and a process that writes late
/// has five more.
pub const STILL_CHANGING: i64 = 4;

/// Five minutes of the clock, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bucket(i64);

impl Bucket {
    /// The one that `at` lies in.
    pub fn of(at: DateTime<Utc>) -> Self {
        Self(at.timestamp().div_euclid(BUCKET_S))
    }

    /// When it begins.
    pub fn start(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0.saturating_mul(BUCKET_S), 0).unwrap_or_default()
    }

    /// So many before.
    #[must_use]
    pub const fn back(self, buckets: i64) -> Self {
        Self(self.0 - buckets)
    }

    /// How many lie between this one and a later one.
    pub(super) const fn until(self, later: Self) -> i64 {
        later.0 - self.0
    }
}

/// What happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Codes asked for by strangers in this bucket.
    pub asked: u32,
    /// Those of them that a provider took, whenever that was; one that is sent again counts again.
    pub sent: u32,
    /// Those of them that were entered, whenever that was.
    pub verified: u32,
    /// Wrong guesses in this bucket.
    pub failed: u32,
}

impl Counts {
    const NONE: Self = Self { asked: 0, sent: 0, verified: 0, failed: 0 };
    /// A code was asked for.
    pub const ASKED: Self = Self { asked: 1, ..Self::NONE };
    /// A code that was asked for in this bucket is with a provider.
    pub const SENT: Self = Self { sent: 1, ..Self::NONE };
    /// A code that was asked for in this bucket was entered.
    pub const VERIFIED: Self = Self { verified: 1, ..Self::NONE };
    /// A guess was wrong.
    pub const FAILED: Self = Self { failed: 1, ..Self::NONE };

    /// Adds up.
    pub fn add(&mut self, more: Self) {
        self.asked = self.asked.saturating_add(more.asked);
        self.sent = self.sent.saturating_add(more.sent);
        self.verified = self.verified.saturating_add(more.verified);
        self.failed = self.failed.saturating_add(more.failed);
    }

    fn take(&mut self, less: Self) {
        self.asked = self.asked.saturating_sub(less.asked);
        self.sent = self.sent.saturating_sub(less.sent);
        self.verified = self.verified.saturating_sub(less.verified);
        self.failed = self.failed.saturating_sub(less.failed);
    }
}

/// Counts of many scopes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board(BTreeMap<Scope, BTreeMap<Bucket, Counts>>);

impl Board {
    /// Counts more.
    pub fn add(&mut self, scope: Scope, bucket: Bucket, more: Counts) {
        self.0.entry(scope).or_default().entry(bucket).or_default().add(more);
    }

    /// Takes back what was counted; what is nothing then is gone.
    pub fn take(&mut self, scope: Scope, bucket: Bucket, less: Counts) {
        let Some(buckets) = self.0.get_mut(&scope) else { return };
        if let Some(counts) = buckets.get_mut(&bucket) {
            counts.take(less);
            if *counts == Counts::NONE {
                buckets.remove(&bucket);
            }
        }
        if buckets.is_empty() {
            self.0.remove(&scope);
        }
    }

    /// Forgets what is in `from` and later.
    pub fn forget_from(&mut self, from: Bucket) {
        for buckets in self.0.values_mut() {
            buckets.split_off(&from);
        }
        self.0.retain(|_, buckets| !buckets.is_empty());
    }

    /// Forgets what is before `from`.
    pub fn forget_before(&mut self, from: Bucket) {
        for buckets in self.0.values_mut() {
            *buckets = buckets.split_off(&from);
        }
        self.0.retain(|_, buckets| !buckets.is_empty());
    }

    /// Every scope that has counts.
    pub fn scopes(&self) -> impl Iterator<Item = Scope> {
        self.0.keys().copied()
    }

    /// Whether the scope has counts.
    pub fn has(&self, scope: Scope) -> bool {
        self.0.contains_key(&scope)
    }

    /// All counts of a scope.
    pub fn of(&self, scope: Scope) -> impl Iterator<Item = (Bucket, Counts)> {
        self.0.get(&scope).into_iter().flatten().map(|(bucket, counts)| (*bucket, *counts))
    }

    /// All there is, in one order everywhere.
    pub fn all(&self) -> impl Iterator<Item = (Scope, Bucket, Counts)> {
        self.0.iter().flat_map(|(scope, buckets)| buckets.iter().map(|(bucket, counts)| (*scope, *bucket, *counts)))
    }

    /// How many scopes there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bucket(number: i64) -> Bucket {
        Bucket(number)
    }

    #[test]
    fn a_bucket_is_five_minutes_of_the_clock() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        let bucket = Bucket::of(at("2026-11-24T10:04:59.9Z"));
        assert_eq!(bucket.start(), at("2026-11-24T10:00:00Z"));
        assert_eq!(Bucket::of(at("2026-11-24T10:05:00Z")).back(1), bucket);
    }

    #[test]
    fn what_is_taken_back_leaves_nothing_behind() {
        let mut board = Board::default();
        board.add(Scope::Fleet, bucket(1), Counts::ASKED);
        board.add(Scope::Fleet, bucket(1), Counts::VERIFIED);
        board.take(Scope::Fleet, bucket(1), Counts::ASKED);
        assert_eq!(board.of(Scope::Fleet).collect::<Vec<_>>(), [(bucket(1), Counts::VERIFIED)]);
        board.take(Scope::Fleet, bucket(1), Counts::VERIFIED);
        board.take(Scope::Fleet, bucket(1), Counts::VERIFIED);
        assert!(board.is_empty());
    }

    #[test]
    fn a_part_of_the_time_is_forgotten() {
        let mut board = Board::default();
        for number in 1..=3 {
            board.add(Scope::Fleet, bucket(number), Counts::ASKED);
        }
        board.forget_from(bucket(3));
        board.forget_before(bucket(2));
        assert_eq!(board.of(Scope::Fleet).map(|(bucket, _)| bucket).collect::<Vec<_>>(), [bucket(2)]);
        board.forget_before(bucket(3));
        assert!(board.is_empty());
    }
}
