//! Reports that came before their message was marked as sent: the provider's answer and its first report race.

use std::time::Duration;

use chrono::TimeDelta;
use store::delivery_reports;
use tokio::sync::watch;

use crate::jobs::pause::pause;
use crate::{Error, Usecases, chain};

/// Between two looks.
const EVERY: Duration = Duration::from_secs(10);
/// A message is marked as sent within its own life. What waits longer is about a message of somebody else.
const WAITS: TimeDelta = TimeDelta::hours(1);
/// Reports a look.
const AT_ONCE: u32 = 500;

impl Usecases {
    /// Applies reports whose message has turned up: how many there were. Any number of processes may do so at once.
    ///
    /// # Errors
    /// `Unavailable`; they wait on.
    pub async fn apply_waiting_reports(&self) -> Result<usize, Error> {
        let now = self.parts.clock.now();
        let waiting = delivery_reports::list_waiting(&mut self.parts.store.read().await?, now - WAITS, AT_ONCE).await?;
        if waiting.is_empty() {
            return Ok(0);
        }
        let mut tx = self.parts.store.write().await?;
        for (provider, report) in &waiting {
            delivery_reports::update_applied(&mut tx, provider, report, now).await?;
        }
        tx.commit().await?;
        Ok(waiting.len())
    }

    /// Does so now and then, until told to stop.
    pub async fn keep_applying_reports(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(error) = self.apply_waiting_reports().await {
                tracing::debug!(error = %chain(&error), "waiting delivery reports could not be applied");
            }
            pause(EVERY, &mut stop).await;
        }
    }
}
