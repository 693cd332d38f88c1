//! The provider misbehaves in every way there is; callers do not notice, and nothing is lost.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::health;
use crate::load::Load;
use crate::stub::Mode;
use crate::suite::{Suite, conclude};
use crate::table::Row;
use crate::world::{Plan, World};

const MODES: [(&str, Mode); 9] = [
    ("slow", Mode::Slow(Duration::from_secs(12))),
    ("500", Mode::Broken),
    ("429", Mode::TooMany),
    ("hangs up", Mode::HangUp),
    ("hangs up after taking", Mode::HangUpAfter),
    ("silent", Mode::SilentAfter),
    ("bad JSON", Mode::BadJson),
    ("error inside", Mode::ErrorInside),
    ("redirect", Mode::Redirect),
];

/// One after the other, with the latency of code requests beside that of a good provider.
pub async fn play(suite: Arc<Suite>) -> Result<Row> {
    let world = Arc::new(World::start(&suite, "provider", Plan::default()).await?);
    let span = Duration::from_millis(suite.pick(1_500, 10_000));
    let load = Load::start(&world, suite.pick(6, 16)).and_askers(&world, 4);
    tokio::time::sleep(span).await;
    let (quiet, _) = world.journal.percentile_ms(99);
    let mut notes = vec![format!("request p99 ms: well {quiet}")];
    for (name, mode) in MODES {
        world.stub.behave(mode);
        tokio::time::sleep(span).await;
        let (p99, requests) = world.journal.percentile_ms(99);
        if requests == 0 {
            world.journal.violate(format!("nobody could ask for a code while the provider is {name}"));
        }
        notes.push(format!("{name} {p99}"));
    }
    world.stub.behave(Mode::Well);
    let healthy = health::wait(&world, Instant::now()).await?;
    load.stop().await?;
    let injected = u32::try_from(MODES.len())?;
    conclude(&world, injected, Some(healthy), notes.join(", ")).await
}
