//! Looking at what is not counted as it happens. Those who watch ask as often as they like; the database is asked by the clock.

use std::time::Duration;

use store::outbox;
use tokio::sync::watch;

use crate::{Error, Usecases, chain, metrics};

/// Between two looks at the database, however many ask for metrics.
const EVERY: Duration = Duration::from_secs(10);
/// A look that takes longer is given up: it is no reason to hold a connection that people wait for.
const WITHIN: Duration = Duration::from_secs(2);

impl Usecases {
    /// What this process knows without asking anybody.
    pub fn measure_process(&self) {
        let store = &self.parts.store;
        let (open, idle) = store.connections();
        metrics::database(open, idle, store.statements());
    }

    /// Looks at the database now and then, until told to stop.
    pub async fn keep_measuring(&self, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            self.measure_database().await;
            tokio::select! {
                () = tokio::time::sleep(EVERY) => {}
                _ = stop.changed() => {}
            }
        }
    }

    async fn measure_database(&self) {
        let error = match tokio::time::timeout(WITHIN, self.measure_backlog()).await {
            Ok(Ok(())) => return metrics::database_up(true),
            Ok(Err(error)) => chain(&error),
            Err(_) => format!("no answer within {} s", WITHIN.as_secs()),
        };
        tracing::debug!(error, "the database could not be looked at");
        metrics::database_up(false);
        metrics::sms_outbox(None);
    }

    async fn measure_backlog(&self) -> Result<(), Error> {
        let now = self.parts.clock.now();
        let backlog = outbox::find_backlog(&mut self.parts.store.read().await?, now).await?;
        let age = backlog.oldest_at.and_then(|oldest| (now - oldest).to_std().ok()).unwrap_or_default();
        metrics::sms_outbox(Some((backlog.waiting, age)));
        Ok(())
    }
}
