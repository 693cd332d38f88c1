//! Looking at what is not counted as it happens. Those who watch ask as often as they like; the database is asked by the clock.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::TimeDelta;
use store::{conversions, outbox};
use tokio::sync::watch;

use super::pause::pause;
use crate::metrics::{self, Conversions};
use crate::{Error, Usecases, chain};

/// Between two looks at the database, however many ask for metrics.
const EVERY: Duration = Duration::from_secs(10);
/// A look that takes longer is given up: it is no reason to hold a connection that people wait for.
const WITHIN: Duration = Duration::from_secs(2);

/// Conversions are looked at in every so-manieth round: they need an hour of rows.
const CONVERSIONS_EVERY: u32 = 6;
/// How far back they look.
const MEASURED: TimeDelta = TimeDelta::hours(1);
/// The newest codes are left out: people are still typing.
const TIME_TO_ENTER: TimeDelta = TimeDelta::minutes(2);
/// Of fewer codes a ratio says nothing.
const FEWEST: u64 = 20;

impl Usecases {
    /// What this process knows without asking anybody.
    pub fn measure_process(&self) {
        let store = &self.parts.store;
        let (open, idle) = store.connections();
        metrics::database(open, idle, store.statements());
        metrics::guess_bound(self.settings().otp.guess_rules().bound().chance);
    }

    /// Looks at the database now and then, until told to stop.
    pub async fn keep_measuring(&self, mut stop: watch::Receiver<bool>) {
        let (mut conversions, mut rounds) = (Conversions::default(), (0..CONVERSIONS_EVERY).cycle());
        while !*stop.borrow() {
            self.measure_database().await;
            if rounds.next() == Some(0)
                && let Err(error) = self.measure_conversions(&mut conversions).await
            {
                tracing::debug!(error = %chain(&error), "conversions could not be looked at");
            }
            pause(EVERY, &mut stop).await;
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

    async fn measure_conversions(&self, shown: &mut Conversions) -> Result<(), Error> {
        let (now, mut sums) = (self.parts.clock.now(), BTreeMap::<_, (u64, u64)>::new());
        let mut tx = self.parts.store.read().await?;
        let list = conversions::list(&mut tx, now - MEASURED, now - TIME_TO_ENTER);
        let found = tokio::time::timeout(WITHIN, list).await.map_err(Error::internal)??;
        drop(tx);
        for one in found {
            let country = one.country.map_or_else(|| "-".to_owned(), |country| country.as_str().to_owned());
            let sum = sums.entry((one.provider, country)).or_default();
            *sum = (sum.0 + one.sent, sum.1 + one.entered);
        }
        #[expect(clippy::cast_precision_loss, reason = "a ratio of counts of an hour")]
        let ratio = |sent: u64, entered: u64| if sent < FEWEST { f64::NAN } else { entered as f64 / sent as f64 };
        shown.show(
            sums.iter()
                .map(|((provider, country), (sent, entered))| (provider.as_str(), country.as_str(), ratio(*sent, *entered))),
        );
        Ok(())
    }

    async fn measure_backlog(&self) -> Result<(), Error> {
        let now = self.parts.clock.now();
        let backlog = outbox::find_backlog(&mut self.parts.store.read().await?, now).await?;
        let age = backlog.oldest_at.and_then(|oldest| (now - oldest).to_std().ok()).unwrap_or_default();
        metrics::sms_outbox(Some((backlog.waiting, age)));
        Ok(())
    }
}
