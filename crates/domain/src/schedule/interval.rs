//! Stretches of real time, half open.

use chrono::{DateTime, Utc};

/// From one instant to another, the second not included. In seconds, which is as fine as anything is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    pub(super) from_s: i64,
    pub(super) to_s: i64,
}

impl Interval {
    /// `None` when it would be empty.
    pub fn new(from: DateTime<Utc>, to: DateTime<Utc>) -> Option<Self> {
        Self::of_seconds(from.timestamp(), to.timestamp())
    }

    pub(super) const fn of_seconds(from_s: i64, to_s: i64) -> Option<Self> {
        if from_s < to_s { Some(Self { from_s, to_s }) } else { None }
    }

    /// The first instant.
    ///
    /// # Panics
    /// Never: it came from an instant.
    pub fn from(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.from_s, 0).expect("it came from an instant")
    }

    /// The first instant after it.
    ///
    /// # Panics
    /// Never: it came from an instant.
    pub fn to(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.to_s, 0).expect("it came from an instant")
    }

    /// Whether both hold an instant in common. What ends when the other begins does not.
    pub const fn overlaps(self, other: Self) -> bool {
        self.from_s < other.to_s && other.from_s < self.to_s
    }

    /// Whether all of `other` lies in it.
    pub const fn holds(self, other: Self) -> bool {
        self.from_s <= other.from_s && other.to_s <= self.to_s
    }
}

/// Intervals in order, none touching the next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intervals(Vec<Interval>);

impl Intervals {
    /// Joins what overlaps or touches.
    pub fn new(all: impl IntoIterator<Item = Interval>) -> Self {
        let mut all: Vec<_> = all.into_iter().collect();
        all.sort_unstable();
        let mut joined: Vec<Interval> = Vec::with_capacity(all.len());
        for next in all {
            match joined.last_mut() {
                Some(last) if next.from_s <= last.to_s => last.to_s = last.to_s.max(next.to_s),
                _ => joined.push(next),
            }
        }
        Self(joined)
    }

    /// In order.
    pub fn iter(&self) -> impl Iterator<Item = Interval> + '_ {
        self.0.iter().copied()
    }

    /// What is left of these without `taken`.
    #[must_use]
    pub fn without(&self, taken: &Self) -> Self {
        let mut left = Vec::with_capacity(self.0.len());
        // Both are in order: what ended before one began is not looked at for the next.
        let mut taken = taken.0.as_slice();
        for whole in &self.0 {
            while let [first, rest @ ..] = taken
                && first.to_s <= whole.from_s
            {
                taken = rest;
            }
            let mut from_s = whole.from_s;
            for cut in taken.iter().take_while(|cut| cut.from_s < whole.to_s) {
                left.extend(Interval::of_seconds(from_s, cut.from_s));
                from_s = from_s.max(cut.to_s);
            }
            left.extend(Interval::of_seconds(from_s, whole.to_s));
        }
        Self(left)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn intervals() -> impl Strategy<Value = Vec<Interval>> {
        proptest::collection::vec((0..100_i64, 1..20_i64), 0..12)
            .prop_map(|pairs| pairs.into_iter().map(|(from, length)| Interval { from_s: from, to_s: from + length }).collect())
    }

    fn has(all: &[Interval], second: i64) -> bool {
        all.iter().any(|one| one.from_s <= second && second < one.to_s)
    }

    proptest! {
        #[test]
        fn taking_away_leaves_each_second_that_was_there_and_is_not_taken(whole in intervals(), taken in intervals()) {
            let left = Intervals::new(whole.clone()).without(&Intervals::new(taken.clone()));
            for second in -1..130 {
                prop_assert_eq!(has(&left.0, second), has(&whole, second) && !has(&taken, second), "{}", second);
            }
            prop_assert!(left.0.is_sorted_by(|one, next| one.to_s <= next.from_s));
        }
    }

    #[test]
    fn what_ends_when_the_other_begins_does_not_overlap() {
        let (first, second) = (Interval { from_s: 0, to_s: 10 }, Interval { from_s: 10, to_s: 20 });
        assert!(!first.overlaps(second) && first.overlaps(Interval { from_s: 9, to_s: 10 }));
    }
}
