//! One time for all processes: the database's. Clocks of machines drift apart and jump; codes, windows and leases must not.

use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::watch;

use super::pause::pause;
use crate::{Error, Usecases, chain};

/// Between two comparisons.
const EVERY: Duration = Duration::from_secs(10);
/// An answer that took longer does not tell when it was given.
const SLOWEST: TimeDelta = TimeDelta::milliseconds(500);
/// Differences below are the journey's as much as the clock's.
const TOLERATED: TimeDelta = TimeDelta::milliseconds(100);
/// A correction above is worth somebody's look.
const REMARKABLE: TimeDelta = TimeDelta::seconds(2);

impl Usecases {
    /// Compares the clock with the database's and puts it right. Nothing to do on `SQLite`, which has no clock of its own.
    ///
    /// # Errors
    /// `Unavailable`; the clock stays as it was.
    pub async fn follow_database_clock(&self) -> Result<(), Error> {
        let clock = &self.parts.clock;
        let Some((before, corrected_by)) = clock.uncorrected() else { return Ok(()) };
        let Some(theirs) = self.parts.store.time().await? else { return Ok(()) };
        let Some((after, _)) = clock.uncorrected() else { return Ok(()) };
        let took = after - before;
        if took < TimeDelta::zero() || took > SLOWEST {
            return Ok(());
        }
        let difference = theirs - (before + took / 2);
        if (difference - corrected_by).abs() > TOLERATED {
            clock.correct_by(difference);
            if difference.abs() > REMARKABLE {
                let seconds = difference.num_seconds();
                tracing::warn!(
                    seconds,
                    "the database's clock is that much ahead of this machine's, which follows it: look at NTP"
                );
            }
        }
        Ok(())
    }

    /// Does so now and then, until told to stop.
    pub async fn keep_following_database_clock(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(error) = self.follow_database_clock().await {
                tracing::debug!(error = %chain(&error), "the clocks could not be compared");
            }
            pause(EVERY, &mut stop).await;
        }
    }
}
