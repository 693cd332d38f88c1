//! The pause between two rounds of work that goes on beside the requests.

use std::time::Duration;

use tokio::sync::watch;

/// Waits, or until told to stop.
pub async fn pause(time: Duration, stop: &mut watch::Receiver<bool>) {
    tokio::select! {
        () = tokio::time::sleep(time) => {}
        _ = stop.changed() => {}
    }
}
