//! What errors have told about the connections of a store, so that a restart of the database costs one error, not one for each
//! connection that waits in a pool.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::error::{Sign, sign};

/// A connection unused for this long is asked whether it is alive before it is handed out. Under load none is, so none is asked.
const IDLE_BEFORE_PING: Duration = Duration::from_secs(1);
/// Connections are replaced for being read-only this often at most: while the database stays read-only, new ones are no better.
const BETWEEN_REPLACEMENTS: Duration = Duration::from_secs(1);
/// The pool measures its times a little before we do.
const SLACK: Duration = Duration::from_millis(10);

/// Shared by a store, its connections in use and the hooks of its pools.
#[derive(Clone, Debug)]
pub(crate) struct Health(Arc<Marks>);

#[derive(Debug)]
struct Marks {
    start: Instant,
    /// When a connection was last found dead, in microseconds from `start`; 0 is never.
    dead: AtomicU64,
    /// When a connection was last found to be read-only.
    read_only: AtomicU64,
}

/// What to do with a connection before it is handed out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Keep,
    Ask,
    Replace,
}

impl Default for Health {
    fn default() -> Self {
        Self(Arc::new(Marks { start: Instant::now(), dead: AtomicU64::new(0), read_only: AtomicU64::new(0) }))
    }
}

impl Health {
    /// Learns from an error. Whether it says that the connection is dead.
    pub fn learn(&self, error: &sqlx::Error) -> bool {
        let sign = sign(error);
        match sign {
            Sign::Dead => self.0.dead.store(self.now(), Ordering::Relaxed),
            Sign::ReadOnly => self.learn_read_only(),
            Sign::Nothing => {}
        }
        sign == Sign::Dead
    }

    /// A session keeps what it was told when it began, so those opened until now may stay read-only after the database is not.
    pub fn learn_read_only(&self) {
        let (now, before) = (self.now(), self.0.read_only.load(Ordering::Relaxed));
        if before == 0 || now.saturating_sub(before) >= micros(BETWEEN_REPLACEMENTS) {
            self.0.read_only.store(now, Ordering::Relaxed);
        }
    }

    /// Judges a connection that was opened `age` ago and has waited in its pool for `idle_for`.
    pub fn judge(&self, age: Duration, idle_for: Duration) -> Verdict {
        let (now, slack) = (self.now(), micros(SLACK));
        let (dead, read_only) = (self.0.dead.load(Ordering::Relaxed), self.0.read_only.load(Ordering::Relaxed));
        let (opened, idle_since) = (now.saturating_sub(micros(age)), now.saturating_sub(micros(idle_for)));
        // Those opened right after the mark may be no better: a while later they are replaced too, once.
        let a_while_later = read_only + micros(BETWEEN_REPLACEMENTS);
        let suspect_until = if now > a_while_later { a_while_later } else { read_only };
        if read_only != 0 && opened <= suspect_until + slack {
            Verdict::Replace
        } else if idle_for >= IDLE_BEFORE_PING || (dead != 0 && idle_since <= dead + slack) {
            Verdict::Ask
        } else {
            Verdict::Keep
        }
    }

    fn now(&self) -> u64 {
        micros(self.0.start.elapsed()).max(1)
    }
}

fn micros(span: Duration) -> u64 {
    u64::try_from(span.as_micros()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);
    const MOMENT: Duration = Duration::from_micros(1);

    /// Long enough for a mark to lie in the past.
    fn later() {
        std::thread::sleep(SLACK * 3);
    }

    #[test]
    fn a_busy_connection_is_not_asked_and_an_idle_one_is() {
        let health = Health::default();
        assert_eq!(health.judge(HOUR, MOMENT), Verdict::Keep);
        assert_eq!(health.judge(HOUR, IDLE_BEFORE_PING), Verdict::Ask);
    }

    #[test]
    fn after_one_dead_connection_those_that_waited_meanwhile_are_asked() {
        let health = Health::default();
        later();
        assert!(health.learn(&sqlx::Error::WorkerCrashed));
        assert_eq!(health.judge(HOUR, SLACK), Verdict::Ask);
        later();
        assert_eq!(health.judge(HOUR, MOMENT), Verdict::Keep);
        assert_eq!(health.judge(HOUR, SLACK * 10), Verdict::Ask);
    }

    #[test]
    fn connections_older_than_a_read_only_one_are_replaced() {
        let health = Health::default();
        health.learn_read_only();
        assert_eq!(health.judge(HOUR, MOMENT), Verdict::Replace);
        later();
        assert_eq!(health.judge(MOMENT, MOMENT), Verdict::Keep);
        // Again within the second: the new ones stay.
        health.learn_read_only();
        assert_eq!(health.judge(MOMENT, MOMENT), Verdict::Keep);
    }

    #[test]
    fn a_full_pool_says_nothing_about_its_connections() {
        let health = Health::default();
        assert!(!health.learn(&sqlx::Error::PoolTimedOut));
        assert_eq!(health.judge(HOUR, MOMENT), Verdict::Keep);
    }
}
