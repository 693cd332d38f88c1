//! Whether a carrier is worth a call: after so many failures in a row it is left alone for a while, and then one message finds out
//! whether it is well again. Each process learns for itself; nothing here has to survive.

use chrono::{DateTime, TimeDelta, Utc};

/// A probe that has not come back by then was lost: longer than the longest call.
const PROBE_LOST_AFTER: TimeDelta = TimeDelta::seconds(30);

/// When a carrier is left alone, and for how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakerRules {
    /// Failures in a row that open it; at least one.
    pub failures: u32,
    /// How long it stays open the first time; twice as long after each probe that fails.
    pub open_for: TimeDelta,
    /// At most so long.
    pub longest: TimeDelta,
}

impl Default for BreakerRules {
    fn default() -> Self {
        Self { failures: 5, open_for: TimeDelta::seconds(5), longest: TimeDelta::seconds(120) }
    }
}

/// Where a breaker stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakerState {
    /// Calls go through.
    Closed,
    /// One call is to find out, or is under way.
    HalfOpen,
    /// No calls.
    Open,
}

/// Whether a call may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Admission {
    /// As many as there are.
    Free,
    /// One alone, to find out.
    Probe,
    /// None before then.
    Until(DateTime<Utc>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Closed { failures: u32 },
    Open { until: DateTime<Utc>, times: u32 },
    Probing { since: DateTime<Utc>, times: u32 },
}

/// The breaker of one carrier.
#[derive(Clone, Debug)]
pub(crate) struct Breaker {
    rules: BreakerRules,
    state: State,
}

impl Breaker {
    pub(crate) const fn new(rules: BreakerRules) -> Self {
        Self { rules, state: State::Closed { failures: 0 } }
    }

    /// Whether a call may be made at `now`. Claims nothing.
    pub(crate) fn look(&self, now: DateTime<Utc>) -> Admission {
        match self.state {
            State::Closed { .. } => Admission::Free,
            State::Open { until, .. } if is_past(until, now, self.rules.longest) => Admission::Probe,
            State::Probing { since, .. } if is_past(since + PROBE_LOST_AFTER, now, PROBE_LOST_AFTER) => Admission::Probe,
            State::Open { until, .. } => Admission::Until(until),
            State::Probing { since, .. } => Admission::Until(since + PROBE_LOST_AFTER),
        }
    }

    /// The same, and who gets [`Admission::Probe`] has it alone.
    pub(crate) fn admit(&mut self, now: DateTime<Utc>) -> Admission {
        let admission = self.look(now);
        if let (Admission::Probe, State::Open { times, .. } | State::Probing { times, .. }) = (admission, self.state) {
            self.state = State::Probing { since: now, times };
        }
        admission
    }

    /// Learns how a call ended: whether the carrier is well.
    pub(crate) fn learn(&mut self, is_well: bool, now: DateTime<Utc>) {
        self.state = match self.state {
            // A call that began before: the probe tells, not this one.
            State::Open { .. } => self.state,
            _ if is_well => State::Closed { failures: 0 },
            State::Closed { failures } if failures + 1 < self.rules.failures => State::Closed { failures: failures + 1 },
            State::Closed { .. } => self.opened(0, now),
            State::Probing { times, .. } => self.opened(times + 1, now),
        };
    }

    fn opened(&self, times: u32, now: DateTime<Utc>) -> State {
        let wait = self.rules.open_for * i32::try_from(1_u32 << times.min(10)).unwrap_or(i32::MAX);
        State::Open { until: now + wait.min(self.rules.longest), times }
    }

    pub(crate) fn state(&self, now: DateTime<Utc>) -> BreakerState {
        match (self.state, self.look(now)) {
            (State::Closed { .. }, _) => BreakerState::Closed,
            (State::Open { .. }, Admission::Until(_)) => BreakerState::Open,
            _ => BreakerState::HalfOpen,
        }
    }
}

/// Further away than it can be is past too: the clock was set back.
fn is_past(end: DateTime<Utc>, now: DateTime<Utc>, longest: TimeDelta) -> bool {
    end <= now || end - now > longest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).expect("in range")
    }

    const RULES: BreakerRules = BreakerRules { failures: 5, open_for: TimeDelta::seconds(10), longest: TimeDelta::seconds(120) };

    fn failed(times: u32) -> Breaker {
        let mut breaker = Breaker::new(RULES);
        (0..times).for_each(|_| breaker.learn(false, at(0)));
        breaker
    }

    #[test]
    fn only_failures_in_a_row_open_it() {
        let mut breaker = failed(4);
        breaker.learn(true, at(0));
        (0..4).for_each(|_| breaker.learn(false, at(0)));
        assert_eq!((breaker.look(at(0)), breaker.state(at(0))), (Admission::Free, BreakerState::Closed));
        breaker.learn(false, at(0));
        assert_eq!((breaker.look(at(9)), breaker.state(at(9))), (Admission::Until(at(10)), BreakerState::Open));
    }

    #[test]
    fn then_one_call_alone_finds_out() {
        let mut breaker = failed(5);
        assert_eq!(breaker.admit(at(9)), Admission::Until(at(10)));
        assert_eq!(breaker.look(at(10)), Admission::Probe);
        assert_eq!((breaker.admit(at(10)), breaker.state(at(10))), (Admission::Probe, BreakerState::HalfOpen));
        assert_eq!(breaker.admit(at(10)), Admission::Until(at(40)), "only one");
        breaker.learn(true, at(11));
        assert_eq!(breaker.admit(at(11)), Admission::Free);
    }

    #[test]
    fn each_failed_probe_doubles_the_wait_up_to_a_bound() {
        let mut breaker = failed(5);
        let mut now = 10;
        for wait in [20, 40, 80, 120, 120] {
            assert_eq!(breaker.admit(at(now)), Admission::Probe);
            breaker.learn(false, at(now));
            assert_eq!(breaker.look(at(now)), Admission::Until(at(now + wait)));
            now += wait;
        }
    }

    #[test]
    fn what_began_before_it_opened_changes_nothing() {
        let mut breaker = failed(5);
        breaker.learn(true, at(1));
        breaker.learn(false, at(2));
        assert_eq!(breaker.look(at(2)), Admission::Until(at(10)));
    }

    #[test]
    fn a_probe_that_never_came_back_is_followed_by_another() {
        let mut breaker = failed(5);
        assert_eq!(breaker.admit(at(10)), Admission::Probe);
        assert_eq!(breaker.admit(at(39)), Admission::Until(at(40)));
        assert_eq!(breaker.admit(at(40)), Admission::Probe);
    }

    #[test]
    fn a_clock_that_was_set_back_does_not_keep_it_open() {
        let mut breaker = failed(5);
        assert_eq!(breaker.look(at(-3_600)), Admission::Probe);
        assert_eq!(breaker.admit(at(-3_600)), Admission::Probe);
        assert_eq!(breaker.admit(at(-7_200)), Admission::Probe);
    }
}
