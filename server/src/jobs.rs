//! Work beside the requests: sending what is in the outbox, forgetting on time. Both end when told to.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;
use usecases::{Usecases, chain, pause};

use crate::middleware::flood::FloodGate;

const SHORTEST_FINISH: Duration = Duration::from_secs(2);
const SWEEP: Duration = Duration::from_mins(1);

/// Says when to stop; every job holds a clone.
pub type Stop = watch::Receiver<bool>;

/// Starts every job.
pub fn start(uc: &Usecases, flood: &Arc<FloodGate>, purge_every: Duration, stop: &Stop) -> Vec<JoinHandle<()>> {
    vec![
        tokio::spawn(outbox(uc.clone(), stop.clone())),
        tokio::spawn(calls(uc.clone(), stop.clone())),
        tokio::spawn(clock(uc.clone(), stop.clone())),
        tokio::spawn(budget(uc.clone(), stop.clone())),
        tokio::spawn(fraud(uc.clone(), stop.clone())),
        tokio::spawn(settings(uc.clone(), stop.clone())),
        tokio::spawn(reports(uc.clone(), stop.clone())),
        tokio::spawn(bulk(uc.clone(), stop.clone())),
        tokio::spawn(bookings(uc.clone(), stop.clone())),
        tokio::spawn(purge(uc.clone(), purge_every, stop.clone())),
        tokio::spawn(sweep(flood.clone(), stop.clone())),
    ]
}

/// Waits for jobs that were told to stop: the outbox for messages that are at the provider. At least a moment, whatever is left.
pub async fn finish(jobs: Vec<JoinHandle<()>>, left: Duration) {
    let end = Instant::now() + left.max(SHORTEST_FINISH);
    for job in jobs {
        if tokio::time::timeout_at(end, job).await.is_err() {
            tracing::warn!("a job did not stop in time");
        }
    }
}

/// Until told to stop, or nobody is left to tell.
pub(crate) async fn told(mut stop: Stop) {
    let _ = stop.wait_for(|is_over| *is_over).await;
}

async fn outbox(uc: Usecases, stop: Stop) {
    uc.work_on_outbox(stop).await;
}

async fn calls(uc: Usecases, stop: Stop) {
    uc.listen_for_calls(stop).await;
}

async fn clock(uc: Usecases, stop: Stop) {
    uc.keep_following_database_clock(stop).await;
}

async fn budget(uc: Usecases, stop: Stop) {
    uc.keep_watching_budget(stop).await;
}

async fn fraud(uc: Usecases, stop: Stop) {
    uc.keep_watching_fraud(stop).await;
}

async fn settings(uc: Usecases, stop: Stop) {
    uc.keep_following_live_settings(stop).await;
}

async fn reports(uc: Usecases, stop: Stop) {
    uc.keep_applying_reports(stop).await;
}

async fn bulk(uc: Usecases, stop: Stop) {
    uc.keep_working_on_bulk(stop).await;
}

async fn bookings(uc: Usecases, mut stop: Stop) {
    while !*stop.borrow() {
        if let Err(error) = uc.expire_bookings().await {
            tracing::warn!(error = %chain(&error), "bookings were not looked through");
        }
        pause(SWEEP, &mut stop).await;
    }
}

async fn purge(uc: Usecases, every: Duration, mut stop: Stop) {
    while !*stop.borrow() {
        match uc.purge().await {
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
