//! PostgreSQL goes away, or does not let anybody in.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use store::testing::injections::{self, Hold};

use crate::health;
use crate::load::Load;
use crate::suite::{Suite, conclude};
use crate::table::Row;
use crate::world::{Plan, World};
use harness::cluster::Stop;

/// `pg_ctl restart -m fast`.
pub async fn fast_restart(suite: Arc<Suite>) -> Result<Row> {
    restart(&suite, "pg-fast", Stop::Fast).await
}

/// `pg_ctl restart -m immediate`: recovery from the log.
pub async fn immediate_restart(suite: Arc<Suite>) -> Result<Row> {
    restart(&suite, "pg-immediate", Stop::Immediate).await
}

async fn restart(suite: &Suite, name: &str, how: Stop) -> Result<Row> {
    let times = suite.pick(2, 10);
    let world = Arc::new(World::start(suite, name, Plan::default()).await?);
    let load = Load::start(&world, suite.pick(6, 24));
    let mut dice = world.dice(1_002);
    let mut slowest: f64 = 0.0;
    for _ in 0..times {
        tokio::time::sleep(dice.pause(800, 1_800)).await;
        let cluster = world.cluster()?;
        cluster.stop(how).await?;
        // People go on trying: 503 is the only answer now.
        tokio::time::sleep(dice.pause(300, 1_500)).await;
        for node in &world.nodes {
            if node.look(&world.http).await {
                world.journal.violate(format!("node {} says it is ready without a database", node.name));
            }
        }
        cluster.start_again().await?;
        slowest = slowest.max(health::wait(&world, Instant::now()).await?);
    }
    load.stop().await?;
    expect_503s(&world);
    conclude(&world, times, Some(slowest), String::new()).await
}

/// `pg_terminate_backend` over all connections.
pub async fn backends_killed(suite: Arc<Suite>) -> Result<Row> {
    let times = suite.pick(5, 50);
    let world = Arc::new(World::start(&suite, "backends", Plan::default()).await?);
    let load = Load::start(&world, suite.pick(6, 24));
    let mut dice = world.dice(1_003);
    let (mut slowest, mut killed) = (0.0_f64, 0);
    for _ in 0..times {
        tokio::time::sleep(dice.pause(200, 900)).await;
        killed += injections::terminate_backends(&world.url).await?;
        slowest = slowest.max(health::wait(&world, Instant::now()).await?);
    }
    load.stop().await?;
    conclude(&world, times, Some(slowest), format!("{killed} back ends killed")).await
}

/// Two connections a process, and all of them stuck.
pub async fn pool_exhausted(suite: Arc<Suite>) -> Result<Row> {
    locked(&suite, "pool", vec![("SALON__DATABASE__MAX_CONNECTIONS", "2".to_owned())]).await
}

/// Nobody can read or write `users`.
pub async fn table_locked(suite: Arc<Suite>) -> Result<Row> {
    locked(&suite, "lock", Vec::new()).await
}

async fn locked(suite: &Suite, name: &str, settings: Vec<(&'static str, String)>) -> Result<Row> {
    let times = suite.pick(1, 5);
    let world = Arc::new(World::start(suite, name, Plan { settings, ..Plan::default() }).await?);
    let load = Load::start(&world, suite.pick(6, 24));
    let mut slowest: f64 = 0.0;
    for _ in 0..times {
        tokio::time::sleep(Duration::from_millis(1_200)).await;
        let hold = Hold::users(&world.url).await?;
        // Longer than a statement may wait for a lock, so that waiting is not enough.
        tokio::time::sleep(Duration::from_secs(6)).await;
        hold.release().await?;
        slowest = slowest.max(health::wait(&world, Instant::now()).await?);
    }
    tokio::time::sleep(Duration::from_millis(500)).await;
    load.stop().await?;
    expect_503s(&world);
    conclude(&world, times, Some(slowest), String::new()).await
}

/// Without a single 503 the fault was not there.
fn expect_503s(world: &World) {
    if world.journal.unavailable_count() == 0 {
        world.journal.violate("nobody saw a 503: the fault did not bite");
    }
}
