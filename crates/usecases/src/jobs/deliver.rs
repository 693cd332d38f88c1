//! Sending what is in the outbox: until it is empty, or for as long as the process lives.

use std::time::Duration;

use chrono::TimeDelta;
use store::wakeups;
use tokio::sync::watch;

use super::worker::{Delivered, Worker};
use crate::{Error, Usecases, chain};

/// The net under all signals: a message queued by a process that died at once waits at most this long.
const POLL: Duration = Duration::from_secs(5);
/// What is due now and yet could not be leased is in somebody's hands for a moment.
const SHORTEST: Duration = Duration::from_millis(200);
/// After a failure: the database is probably away.
const PAUSE: Duration = Duration::from_secs(1);

impl Usecases {
    /// Sends up to `batch` waiting messages, the newest first, several at once.
    ///
    /// # Errors
    /// `Unavailable`. What was leased is free again when the lease ends.
    pub async fn deliver_outbox(&self, batch: u32) -> Result<Delivered, Error> {
        let (_tell, stop) = watch::channel(false);
        let mut worker = Worker::new(self, stop);
        if !worker.look().await? {
            return Ok(worker.done);
        }
        let mut left = usize::try_from(batch).unwrap_or(usize::MAX);
        loop {
            left -= worker.round(left).await?;
            if worker.is_idle() {
                return Ok(worker.done);
            }
            if worker.in_flight() > 0 {
                worker.land().await;
            }
            worker.is_hungry &= left > 0;
        }
    }

    /// Works on the outbox until told to stop; then starts nothing more, gives back what it has not started, and ends when what is
    /// at the provider is back.
    pub async fn work_on_outbox(&self, mut stop: watch::Receiver<bool>) {
        let mut worker = Worker::new(self, stop.clone());
        let mut is_time = false;
        while !is_over(&stop) {
            let pause = match work(&mut worker, is_time).await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::warn!(error = %chain(&error), "the outbox could not be worked on");
                    worker.recover(&error);
                    tokio::select! {
                        () = tokio::time::sleep(PAUSE) => {}
                        _ = stop.changed() => {}
                    }
                    continue;
                }
            };
            is_time = false;
            tokio::select! {
                () = worker.land() => {}
                () = self.outbox_filled.notified() => worker.is_hungry = true,
                () = tokio::time::sleep(pause) => is_time = true,
                _ = stop.changed() => {}
            }
        }
        self.finish(worker).await;
    }

    /// Wakes the worker of this process when another calls for help, until told to stop. Ends at once where nobody can call.
    pub async fn listen_for_calls(&self, mut stop: watch::Receiver<bool>) {
        let Some(mut listener) = wakeups::listener(&self.parts.store) else { return };
        while !is_over(&stop) {
            let heard = tokio::select! {
                heard = listener.next() => heard,
                _ = stop.changed() => return,
            };
            match heard {
                Ok(()) => self.outbox_filled.notify_one(),
                Err(error) => {
                    tracing::debug!(error = %chain(&error), "calls of other processes cannot be heard");
                    tokio::select! {
                        () = tokio::time::sleep(PAUSE) => {}
                        _ = stop.changed() => {}
                    }
                }
            }
        }
    }

    async fn finish(&self, mut worker: Worker) {
        worker.is_hungry = false;
        // First what was not started: others can have it while we wait.
        let mut is_written = worker.round(0).await.is_ok();
        self.call_for_help().await;
        while worker.in_flight() > 0 {
            worker.land().await;
            is_written = worker.round(0).await.is_ok();
        }
        if !is_written && let Err(error) = worker.round(0).await {
            tracing::warn!(error = %chain(&error), "what was sent last could not be written down: it will be sent again");
        }
    }
}

/// Told to stop, or nobody is left to tell.
fn is_over(stop: &watch::Receiver<bool>) -> bool {
    *stop.borrow() || stop.has_changed().is_err()
}

/// A look if it is time for one, and a round if there is something to do: how long to wait then, unless something happens.
async fn work(worker: &mut Worker, is_time: bool) -> Result<Duration, Error> {
    if is_time && !worker.is_hungry {
        worker.look().await?;
    }
    let before = worker.done;
    worker.round(usize::MAX).await?;
    let done = worker.done;
    if done != before {
        tracing::debug!(sent = done.sent, retried = done.retried, failed = done.failed, expired = done.expired, "outbox, so far");
    }
    Ok(worker.pause(SHORTEST, POLL))
}

impl Worker {
    /// Until something is due, between these two.
    fn pause(&self, shortest: Duration, longest: Duration) -> Duration {
        let Some(due) = self.due else { return longest };
        let wait: TimeDelta = due - self.now();
        wait.to_std().unwrap_or_default().clamp(shortest, longest)
    }
}
