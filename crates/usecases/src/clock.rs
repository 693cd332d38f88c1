//! The only place where time is read.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

/// Tells the time in UTC, truncated to microseconds because that is what PostgreSQL keeps.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    /// Microseconds to add: what a test moves the machine's clock by, and what makes it agree with the database's.
    Machine {
        moved: Arc<AtomicI64>,
        correction: Arc<AtomicI64>,
    },
    Manual(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self::shifted(Arc::default())
    }

    /// The machine's clock, shifted by so many microseconds as `offset` holds at the moment of asking: for the fault suite, where
    /// the clocks of real processes disagree and jump.
    pub fn shifted(offset: Arc<AtomicI64>) -> Self {
        Self(Source::Machine { moved: offset, correction: Arc::default() })
    }

    /// A clock that stands still until [`Clock::advance`]: for tests and replays.
    pub fn manual(start: DateTime<Utc>) -> Self {
        Self(Source::Manual(Arc::new(Mutex::new(start))))
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        let now = match &self.0 {
            Source::Machine { moved, correction } => plus(plus(machine(), moved), correction),
            Source::Manual(now) => *now.lock().unwrap_or_else(PoisonError::into_inner),
        };
        now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now)
    }

    /// By how much this clock is corrected, and what it would say without. `None` for a manual one: that is right as it is.
    pub(crate) fn uncorrected(&self) -> Option<(DateTime<Utc>, TimeDelta)> {
        match &self.0 {
            Source::Machine { moved, correction } => {
                Some((plus(machine(), moved), TimeDelta::microseconds(correction.load(Ordering::Relaxed))))
            }
            Source::Manual(_) => None,
        }
    }

    /// From now on this clock and all its clones say so much more than the machine's.
    pub(crate) fn correct_by(&self, by: TimeDelta) {
        if let (Source::Machine { correction, .. }, Some(microseconds)) = (&self.0, by.num_microseconds()) {
            correction.store(microseconds, Ordering::Relaxed);
        }
    }

    /// Moves a manual clock, back too. The other clocks are left alone.
    pub fn advance(&self, by: TimeDelta) {
        if let Source::Manual(now) = &self.0 {
            *now.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
}

fn plus(time: DateTime<Utc>, offset: &AtomicI64) -> DateTime<Utc> {
    time.checked_add_signed(TimeDelta::microseconds(offset.load(Ordering::Relaxed))).unwrap_or(time)
}

#[expect(clippy::disallowed_methods, reason = "this is the clock")]
fn machine() -> DateTime<Utc> {
    Utc::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_when_told_and_all_its_clones_with_it() {
        let start = DateTime::from_timestamp(1_800_000_000, 0).expect("in range");
        let clock = Clock::manual(start);
        let same = clock.clone();
        clock.advance(TimeDelta::seconds(5));
        assert_eq!(same.now(), start + TimeDelta::seconds(5));
    }

    #[test]
    fn a_shifted_clock_follows_its_offset_forward_and_back() {
        const HOUR_US: i64 = 3_600_000_000;
        let offset = Arc::new(AtomicI64::new(0));
        let clock = Clock::shifted(Arc::clone(&offset));
        let before = Clock::system().now();
        offset.store(HOUR_US, Ordering::Relaxed);
        let ahead = clock.now();
        offset.store(-HOUR_US, Ordering::Relaxed);
        let behind = clock.now();
        let after = Clock::system().now();
        assert!((before..=after).contains(&(ahead - TimeDelta::hours(1))), "{ahead}");
        assert!((before..=after).contains(&(behind + TimeDelta::hours(1))), "{behind}");
        offset.store(i64::MAX, Ordering::Relaxed);
        assert!(clock.now() >= after, "an offset that leaves the calendar is no offset, or a far one; never a panic");
    }

    #[test]
    fn time_has_whole_microseconds() {
        assert_eq!(Clock::system().now().timestamp_subsec_nanos() % 1_000, 0);
    }
}
