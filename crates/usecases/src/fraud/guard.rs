//! The fleet guard: the alarm that codes are being guessed at all over the system. One row says so to every process.

use domain::fraud::{Bucket, DAY, HISTORY, Scope};
use serde_json::json;
use store::{Applied, audit, fraud_counters};

use crate::{Error, Usecases, metrics};

impl Usecases {
    pub(super) async fn watch_fleet(&self, bucket: Bucket) -> Result<(), Error> {
        let rules = self.parts.settings.fraud.alarm;
        let known = self.counted.lock().limits.filter(|(of, _)| *of == bucket);
        let limits = if let Some((_, limits)) = known {
            limits
        } else {
            let from = bucket.back((HISTORY + 1) * DAY);
            let past = fraud_counters::list_for_scope(&mut self.parts.store.read().await?, Scope::Fleet, from).await?;
            let failures: Vec<_> = past.into_iter().map(|(_, bucket, counts)| (bucket, counts.failed)).collect();
            let limits = rules.limits(&failures, bucket);
            self.counted.lock().limits = Some((bucket, limits));
            limits
        };
        let was_on = fraud_counters::find_alarm(&mut self.parts.store.read().await?).await?.is_some();
        let failures = self.counted.lock().of(Scope::Fleet);
        let failures: Vec<_> = failures.into_iter().map(|(bucket, counts)| (bucket, counts.failed)).collect();
        let is_on = limits.is_on(was_on, &failures, bucket);
        if is_on != was_on {
            self.change_alarm(is_on).await?;
        }
        self.set_fleet_alarm(is_on);
        metrics::fleet_alarm(is_on);
        Ok(())
    }

    /// Whichever process comes first writes it down and says so.
    async fn change_alarm(&self, is_on: bool) -> Result<(), Error> {
        let action = if is_on { "fleet_alarm_raised" } else { "fleet_alarm_ended" };
        let entry = self.entry_by("fleet_guard", action, None, json!({}));
        let change = if is_on { fraud_counters::insert_alarm(self.parts.clock.now()) } else { fraud_counters::delete_alarm() };
        if let Applied::All(_) = self.parts.store.apply(vec![change, audit::insert(&entry)]).await? {
            if is_on {
                tracing::warn!("codes are being guessed at all over the system: they are longer until it ends");
            } else {
                tracing::warn!("codes are no longer being guessed at all over the system");
            }
        }
        Ok(())
    }
}
