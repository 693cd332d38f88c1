//! Two thousand connections that send their header one byte at a time, beside honest people.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::health;
use crate::load::Load;
use crate::suite::{Suite, conclude};
use crate::table::Row;
use crate::world::{Plan, World};

const CONNECTIONS: usize = 2_000;
/// A held connection may cost a task, buffers and a socket.
const MOST_KB_EACH: u64 = 64;
const DRIP: &[u8] = b"GET /api/me/ HTTP/1.1\r\nHost: salon\r\nX-Slow: ";

/// One process, so that all of it falls on one.
pub async fn play(suite: Arc<Suite>) -> Result<Row> {
    let span = Duration::from_secs(suite.pick(4, 25));
    let world = Arc::new(World::start(&suite, "slow", Plan { is_alone: true, ..Plan::default() }).await?);
    let node = &world.nodes[0];
    let load = Load::start(&world, suite.pick(6, 16));
    tokio::time::sleep(span).await;
    let (quiet, _) = world.journal.percentile_ms(99);
    let before_kb = node.rss_kb()?;

    let open = Arc::new(AtomicUsize::new(0));
    let mut drips = JoinSet::new();
    for _ in 0..CONNECTIONS {
        drips.spawn(drip(node.port, Arc::clone(&open)));
    }
    let started = Instant::now();
    let (mut most_open, mut most_kb) = (0, 0);
    while started.elapsed() < span.max(Duration::from_secs(5)) {
        tokio::time::sleep(Duration::from_millis(250)).await;
        most_open = most_open.max(open.load(Ordering::Relaxed));
        most_kb = most_kb.max(node.rss_kb()?);
    }
    let (beside, requests) = world.journal.percentile_ms(99);
    drips.shutdown().await;
    let healthy = health::wait(&world, Instant::now()).await?;
    load.stop().await?;

    if requests == 0 {
        world.journal.violate("nobody honest got an answer");
    }
    if most_open < CONNECTIONS * 9 / 10 {
        world.journal.violate(format!("only {most_open} slow connections were open: the fault did not bite"));
    }
    let grown_kb = most_kb.saturating_sub(before_kb);
    if grown_kb > MOST_KB_EACH * CONNECTIONS as u64 {
        world.journal.violate(format!("memory grew by {grown_kb} kB"));
    }
    let figures = format!("{most_open} open, honest p99 {quiet} → {beside} ms, memory {before_kb} → {most_kb} kB");
    conclude(&world, u32::try_from(CONNECTIONS)?, Some(healthy), figures).await
}

/// Half a header, then a byte now and then; closed by the server, it comes again.
async fn drip(port: u16, open: Arc<AtomicUsize>) {
    loop {
        if let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await {
            open.fetch_add(1, Ordering::Relaxed);
            let mut is_open = stream.write_all(DRIP).await.is_ok();
            while is_open {
                tokio::time::sleep(Duration::from_secs(1)).await;
                is_open = stream.write_all(b"x").await.is_ok();
            }
            open.fetch_sub(1, Ordering::Relaxed);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
