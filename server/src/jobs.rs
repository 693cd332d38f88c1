//! Work beside the requests: sending what is in the outbox, forgetting on time. Both end when told to.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use usecases::Usecases;

use crate::middleware::flood::FloodGate;
use usecases::chain;

/// Rows leased at once.
const BATCH: u32 = 100;
/// A message queued by another process, or due again, waits at most this long.
const POLL: Duration = Duration::from_secs(2);
/// After a failure: the database is probably away.
const PAUSE: Duration = Duration::from_secs(1);
const SWEEP: Duration = Duration::from_mins(1);

/// Says when to stop; every job holds a clone.
pub type Stop = watch::Receiver<bool>;

/// Starts every job.
pub fn start(uc: &Usecases, flood: &Arc<FloodGate>, purge_every: Duration, stop: &Stop) -> Vec<JoinHandle<()>> {
    vec![
        tokio::spawn(outbox(uc.clone(), stop.clone())),
        tokio::spawn(purge(uc.clone(), purge_every, stop.clone())),
        tokio::spawn(sweep(flood.clone(), stop.clone())),
    ]
}

async fn outbox(uc: Usecases, mut stop: Stop) {
    while !*stop.borrow() {
        match uc.deliver_outbox(BATCH).await {
            Ok(done) if done.sent + done.retried + done.failed > 0 => {
                tracing::debug!(sent = done.sent, retried = done.retried, failed = done.failed, expired = done.expired, "outbox");
            }
            Ok(_) => {
                tokio::select! {
                    () = uc.wait_for_outbox(POLL) => {}
                    _ = stop.changed() => {}
                }
            }
            Err(error) => {
                tracing::warn!(error = %chain(&error), "the outbox could not be worked on");
                pause(PAUSE, &mut stop).await;
            }
        }
    }
}

async fn purge(uc: Usecases, every: Duration, mut stop: Stop) {
    while !*stop.borrow() {
        match uc.purge(false).await {
            Ok(done) => tracing::info!(?done, "purged"),
            Err(error) => tracing::warn!(error = %chain(&error), "the purge failed"),
        }
        pause(every, &mut stop).await;
    }
}

async fn sweep(flood: Arc<FloodGate>, mut stop: Stop) {
    while !*stop.borrow() {
        flood.sweep();
        pause(SWEEP, &mut stop).await;
    }
}

async fn pause(time: Duration, stop: &mut Stop) {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        _ = stop.changed() => {}
    }
}
