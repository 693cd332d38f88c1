//! The only place where time is read.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

/// Tells the time in UTC, truncated to microseconds because that is what PostgreSQL keeps.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Shifted(Arc<AtomicI64>),
    Manual(Arc<Mutex<DateTime<Utc>>>),
}

impl Clock {
    /// The machine's clock.
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// The machine's clock, shifted by so many microseconds as `offset` holds at the moment of asking: for the fault suite, where
    /// the clocks of real processes disagree and jump.
    pub const fn shifted(offset: Arc<AtomicI64>) -> Self {
        Self(Source::Shifted(offset))
    }

    /// A clock that stands still until [`Clock::advance`]: for tests and replays.
    pub fn manual(start: DateTime<Utc>) -> Self {
        Self(Source::Manual(Arc::new(Mutex::new(start))))
    }

    /// Now.
    pub fn now(&self) -> DateTime<Utc> {
        let now = match &self.0 {
            Source::System => machine(),
            Source::Shifted(offset) => {
                let now = machine();
                now.checked_add_signed(TimeDelta::microseconds(offset.load(Ordering::Relaxed))).unwrap_or(now)
            }
            Source::Manual(now) => *now.lock().unwrap_or_else(PoisonError::into_inner),
        };
        now.duration_trunc(TimeDelta::microseconds(1)).unwrap_or(now)
    }

    /// Moves a manual clock, back too. The other clocks are left alone.
    pub fn advance(&self, by: TimeDelta) {
        if let Source::Manual(now) = &self.0 {
            *now.lock().unwrap_or_else(PoisonError::into_inner) += by;
        }
    }
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
