//! The faults, one file for each kind.
//!
//! To add one: an `async fn(Arc<Suite>) -> Result<Row>` that starts a world, a load in it, injects the fault, waits for health and
//! concludes; then a line in [`ALL`].

mod between;
mod bombs;
mod clocks;
mod database;
mod file;
mod kills;
mod provider;
mod races;
mod shutdown;
mod slow_headers;

use crate::suite::Fault;

macro_rules! fault {
    ($name:literal, $play:path) => {
        Fault { name: $name, play: |suite| Box::pin($play(suite)) }
    };
}

/// In the order of the table. In the short form the long ones begin first.
pub const ALL: &[Fault] = &[
    fault!("races", races::postgres),
    fault!("races-sqlite", races::sqlite),
    fault!("kill-9", kills::postgres),
    fault!("kill-9-sqlite", kills::sqlite),
    fault!("kill-between-send-and-mark", between::play),
    fault!("postgres-fast-restart", database::fast_restart),
    fault!("postgres-immediate-restart", database::immediate_restart),
    fault!("backends-killed", database::backends_killed),
    fault!("pool-exhausted", database::pool_exhausted),
    fault!("table-locked", database::table_locked),
    fault!("sqlite-disk-full", file::disk_full),
    fault!("sqlite-busy", file::busy),
    fault!("sqlite-read-only", file::read_only),
    fault!("clocks-apart", clocks::apart),
    fault!("clock-steps", clocks::steps),
    fault!("slow-headers", slow_headers::play),
    fault!("body-bombs", bombs::play),
    fault!("sigterm", shutdown::sigterm),
    fault!("rolling-restart", shutdown::rolling_restart),
    fault!("provider-misbehaves", provider::play),
];
