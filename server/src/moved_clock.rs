//! A clock that a file moves while the process runs: how the fault suite makes the clocks of real processes disagree and jump.
//! Development only; `config::checks` refuses it in production.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use usecases::clock::Clock;

use crate::config::ClockConfig;

/// How soon a change of the file shows.
const READ_EVERY: Duration = Duration::from_millis(100);
const MICROSECONDS: i64 = 1_000_000;

/// The machine's clock, or the moved one when the configuration names its file. Needs a runtime for that.
pub fn of(config: &ClockConfig) -> Clock {
    if config.offset_file.as_os_str().is_empty() {
        return Clock::system();
    }
    let file = config.offset_file.clone();
    let offset = Arc::new(AtomicI64::new(read(&file).unwrap_or(0)));
    let shared = Arc::clone(&offset);
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(READ_EVERY).await;
            // Half a file, or none for a moment: the last number stays.
            if let Some(microseconds) = read(&file) {
                shared.store(microseconds, Ordering::Relaxed);
            }
        }
    });
    Clock::shifted(offset)
}

/// Microseconds, from a signed number of seconds.
fn read(file: &Path) -> Option<i64> {
    std::fs::read_to_string(file).ok()?.trim().parse::<i64>().ok()?.checked_mul(MICROSECONDS)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[tokio::test]
    async fn the_file_moves_the_clock_while_it_runs_and_nonsense_leaves_it_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let offset_file = folder.path().join("offset");
        std::fs::write(&offset_file, "3600\n").expect("written");
        let clock = of(&ClockConfig { offset_file: offset_file.clone() });
        let ahead_s = || (clock.now() - Clock::system().now()).num_seconds();
        assert!((3_590..=3_600).contains(&ahead_s()), "read before the first request");

        std::fs::write(&offset_file, "-120").expect("written");
        let started = Instant::now();
        while ahead_s() > 0 {
            assert!(started.elapsed() < Duration::from_mins(1), "the change was never seen");
            tokio::time::sleep(READ_EVERY).await;
        }
        for nonsense in ["", "soon", "99999999999999999999"] {
            std::fs::write(&offset_file, nonsense).expect("written");
            assert_eq!(read(&offset_file), None, "{nonsense}");
        }
    }

    #[test]
    fn without_a_file_it_is_the_machines_clock() {
        let clock = of(&ClockConfig { offset_file: std::path::PathBuf::new() });
        assert!((clock.now() - Clock::system().now()).num_seconds().abs() < 5);
    }
}
