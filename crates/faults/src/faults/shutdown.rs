//! Asked to stop under load, behind a balancer that looks at `/readyz`.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use store::testing::facts;

use crate::health;
use crate::load::Load;
use crate::suite::{Suite, conclude};
use crate::table::Row;
use crate::world::{Plan, World};
use harness::node::Node;

/// The bar (security.md §3).
const ENDS_WITHIN: Duration = Duration::from_secs(30);

/// One of two processes is asked to stop: nobody loses an answer, its leases are given back, it ends well.
pub async fn sigterm(suite: Arc<Suite>) -> Result<Row> {
    let times = suite.pick(1, 5);
    let world = Arc::new(World::start(&suite, "sigterm", Plan::default()).await?);
    let load = Load::start(&world, suite.pick(6, 24));
    let (mut slowest, mut longest) = (0.0_f64, Duration::ZERO);
    for time in 0..times {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let node = &world.nodes[time as usize % 2];
        // A provider that takes its time: the process has messages in its hands when the signal comes.
        world.stub.behave(crate::stub::Mode::Slow(Duration::from_millis(1_500)));
        tokio::time::sleep(Duration::from_millis(300)).await;
        longest = longest.max(end(&world, node).await?);
        world.stub.behave(crate::stub::Mode::Well);
        no_lease_is_left(&world).await?;
        let since = Instant::now();
        node.start()?;
        slowest = slowest.max(health::wait(&world, since).await?);
    }
    load.stop().await?;
    let note = format!("ended after {:.1} s at most", longest.as_secs_f64());
    conclude(&world, times, Some(slowest), note).await
}

/// One after the other is replaced: nothing fails.
pub async fn rolling_restart(suite: Arc<Suite>) -> Result<Row> {
    let rounds = suite.pick(1, 5);
    let world = Arc::new(World::start(&suite, "rolling", Plan::default()).await?);
    let load = Load::start(&world, suite.pick(6, 24));
    let mut slowest: f64 = 0.0;
    for _ in 0..rounds {
        for node in &world.nodes {
            tokio::time::sleep(Duration::from_millis(700)).await;
            end(&world, node).await?;
            let since = Instant::now();
            node.start()?;
            slowest = slowest.max(health::wait(&world, since).await?);
        }
    }
    load.stop().await?;
    if world.journal.unavailable_count() > 0 {
        world.journal.violate("people were turned away although one process was always ready");
    }
    conclude(&world, rounds * 2, Some(slowest), String::new()).await
}

/// Asks it to stop and watches how.
async fn end(world: &World, node: &Node) -> Result<Duration> {
    node.signal("TERM")?;
    tokio::time::sleep(Duration::from_millis(100)).await;
    if node.look(&world.http).await {
        world.journal.violate(format!("node {} says it is ready while it stops", node.name));
    }
    let Some((status, took)) = node.wait_end(ENDS_WITHIN).await? else {
        world.journal.violate(format!("node {} does not end", node.name));
        node.kill()?;
        return Ok(ENDS_WITHIN);
    };
    if !status.success() {
        world.journal.violate(format!("node {} ended with {status}", node.name));
    }
    Ok(took)
}

/// What the process had in its hands is sent by the other at once, not when a lease of 30 s runs out.
async fn no_lease_is_left(world: &World) -> Result<()> {
    let store = world.store().await?;
    let started = Instant::now();
    let waiting: Vec<_> = facts::read(&store).await?.messages.into_iter().filter(|row| !row.is_final()).collect();
    loop {
        let now = facts::read(&store).await?.messages;
        let left = now.iter().filter(|row| !row.is_final() && waiting.iter().any(|old| old.outbox_id == row.outbox_id)).count();
        if left == 0 {
            break;
        }
        if started.elapsed() > Duration::from_secs(25) {
            world.journal.violate(format!("{left} messages of a process that ended wait for its lease"));
            break;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    store.close().await;
    Ok(())
}
