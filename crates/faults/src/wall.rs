//! The machine's time, read in this one place.

use chrono::{DateTime, Utc};

/// Now, by the clock of this machine: the one the moved clocks are moved from.
#[expect(clippy::disallowed_methods, reason = "the suite itself stands outside of what it tests")]
pub fn now() -> DateTime<Utc> {
    std::time::SystemTime::now().into()
}
