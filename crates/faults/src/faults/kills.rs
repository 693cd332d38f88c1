//! kill -9 at random points under load, and a new start each time.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;

use crate::health;
use crate::load::Load;
use crate::suite::{Suite, conclude};
use crate::table::Row;
use crate::world::{Plan, World};

/// Two processes on PostgreSQL; every tenth time both die at once.
pub async fn postgres(suite: Arc<Suite>) -> Result<Row> {
    let times = suite.pick(6, 100);
    play(&suite, "kill", Plan::default(), times).await
}

/// One process on its file.
pub async fn sqlite(suite: Arc<Suite>) -> Result<Row> {
    let times = suite.pick(4, 40);
    play(&suite, "kill-sqlite", Plan { is_sqlite: true, ..Plan::default() }, times).await
}

async fn play(suite: &Suite, name: &str, plan: Plan, times: u32) -> Result<Row> {
    let world = Arc::new(World::start(suite, name, plan).await?);
    let load = Load::start(&world, suite.pick(6, 24));
    let mut dice = world.dice(1_001);
    let mut slowest: f64 = 0.0;
    let mut starts_ms = Vec::new();
    for time in 1..=times {
        tokio::time::sleep(dice.pause(50, 900)).await;
        let tolerance = world.journal.tolerate();
        let victims: Vec<_> =
            if time % 10 == 0 { world.nodes.iter().collect() } else { vec![&world.nodes[dice.place(world.nodes.len())]] };
        for node in &victims {
            node.kill()?;
        }
        tokio::time::sleep(dice.pause(0, 200)).await;
        let since = Instant::now();
        for node in &victims {
            node.start()?;
        }
        for node in &victims {
            starts_ms.push(node.wait_ready(&world.http).await?.as_millis());
        }
        slowest = slowest.max(health::wait(&world, since).await?);
        drop(tolerance);
    }
    load.stop().await?;
    starts_ms.sort_unstable();
    let note = format!("ready again after {} ms (median)", starts_ms[starts_ms.len() / 2]);
    conclude(&world, times, Some(slowest), note).await
}
