//! Bodies and headers made to fill memory: refused for what they are, beside honest people.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use crate::health;
use crate::load::Load;
use crate::suite::{Suite, conclude};
use crate::table::Row;
use crate::world::{Plan, World};
use harness::node::Node;

/// What all bombs together may cost while they come.
const MOST_GROWTH_KB: u64 = 96 * 1024;
const HEAD: &str = "POST /api/auth/phone/request/ HTTP/1.1\r\nHost: salon\r\nContent-Type: application/json\r\n";
const MEGABYTE: usize = 1024 * 1024;

/// A bomb, and the statuses that refuse it. 0 stands for a connection closed without an answer.
struct Bomb {
    name: &'static str,
    refused_with: &'static [u16],
    head: String,
    piece: Vec<u8>,
    times: usize,
}

fn bombs() -> Vec<Bomb> {
    let long = format!("{HEAD}Content-Length: {}\r\n\r\n", 10 * MEGABYTE);
    let chunked = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n");
    let chunk = [b"10000\r\n".to_vec(), vec![b' '; 0x1_0000], b"\r\n".to_vec()].concat();
    let deep = |open: &str| open.repeat(60_000 / open.len());
    let whole = |body: String| (format!("{HEAD}Content-Length: {}\r\n\r\n", body.len()), body.into_bytes());
    let (list_head, list) = whole(deep("["));
    let (object_head, object) = whole(deep("{\"a\":"));
    let (wide_head, wide) = whole(format!("{{{}\"phone\":\"\"}}", "\"a\":1,".repeat(9_000)));
    let header = [b"X-Bomb: ".to_vec(), vec![b'x'; 4096], b"\r\n".to_vec()].concat();
    vec![
        Bomb { name: "10 MB", refused_with: &[413], head: long, piece: vec![b' '; MEGABYTE], times: 10 },
        Bomb { name: "endless chunks", refused_with: &[413], head: chunked, piece: chunk, times: 4_000 },
        Bomb { name: "deep lists", refused_with: &[400, 422], head: list_head, piece: list, times: 1 },
        Bomb { name: "deep objects", refused_with: &[400, 422], head: object_head, piece: object, times: 1 },
        Bomb { name: "wide object", refused_with: &[400, 422], head: wide_head, piece: wide, times: 1 },
        Bomb { name: "endless headers", refused_with: &[431], head: HEAD.to_owned(), piece: header, times: 4_000 },
    ]
}

/// Waves of all of them at once.
pub async fn play(suite: Arc<Suite>) -> Result<Row> {
    let (waves, at_once) = (suite.pick(3, 20), 8);
    let world = Arc::new(World::start(&suite, "bombs", Plan { is_alone: true, ..Plan::default() }).await?);
    let node = &world.nodes[0];
    let load = Load::start(&world, suite.pick(6, 16));
    tokio::time::sleep(Duration::from_secs(2)).await;
    let (quiet, _) = world.journal.percentile_ms(99);
    let before_kb = node.rss_kb()?;
    let (mut thrown, mut most_kb) = (0, 0);
    for _ in 0..waves {
        let mut flying = JoinSet::new();
        for bomb in (0..at_once).flat_map(|_| bombs()) {
            let port = node.port;
            thrown += 1;
            flying.spawn(async move {
                let status = tokio::time::timeout(Duration::from_secs(30), throw(port, &bomb)).await;
                (bomb, status)
            });
        }
        while let Some(landed) = flying.join_next().await {
            let (bomb, status) = landed?;
            most_kb = most_kb.max(node.rss_kb()?);
            match status {
                Ok(Ok(status)) if status == 0 || bomb.refused_with.contains(&status) => {}
                Ok(Ok(status)) => world.journal.violate(format!("{}: answered {status}", bomb.name)),
                Ok(Err(error)) => world.journal.violate(format!("{}: {error:#}", bomb.name)),
                Err(_) => world.journal.violate(format!("{}: borne for 30 s", bomb.name)),
            }
        }
    }
    let (beside, _) = world.journal.percentile_ms(99);
    each_is_answered(&world, node).await?;
    let healthy = health::wait(&world, Instant::now()).await?;
    load.stop().await?;
    let grown_kb = most_kb.saturating_sub(before_kb);
    if grown_kb > MOST_GROWTH_KB {
        world.journal.violate(format!("memory grew by {grown_kb} kB"));
    }
    let figures = format!("honest p99 {quiet} → {beside} ms, memory {before_kb} → {most_kb} kB");
    conclude(&world, thrown, Some(healthy), figures).await
}

/// A bomb that fits into one write is answered, not just cut off.
async fn each_is_answered(world: &World, node: &Node) -> Result<()> {
    for bomb in bombs().iter().filter(|bomb| bomb.times == 1) {
        let status = throw(node.port, bomb).await?;
        if !bomb.refused_with.contains(&status) {
            world.journal.violate(format!("{}: answered {status} instead of {:?}", bomb.name, bomb.refused_with));
        }
    }
    Ok(())
}

/// Sends until it is stopped, then reads the status; 0 when there is none.
async fn throw(port: u16, bomb: &Bomb) -> Result<u16> {
    // Each from an address of its own: the flood gate would stop one that throws them all.
    static THROWN: AtomicU32 = AtomicU32::new(0);
    let address = Ipv4Addr::from(0xC612_0000 + THROWN.fetch_add(1, Ordering::Relaxed) % 0x1_0000);
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.context("not let in")?;
    let (mut read, mut write) = stream.into_split();
    let (piece, times) = (bomb.piece.clone(), bomb.times);
    let head = bomb.head.replacen("Host: salon\r\n", &format!("Host: salon\r\nX-Forwarded-For: {address}\r\n"), 1);
    let sending = tokio::spawn(async move {
        let mut is_taken = write.write_all(head.as_bytes()).await.is_ok();
        for _ in 0..times {
            is_taken = is_taken && write.write_all(&piece).await.is_ok();
        }
        // Not closed: that would be an answer of ours.
        write
    });
    let mut answer = [0_u8; 12];
    let status = match read.read_exact(&mut answer).await {
        Ok(_) => std::str::from_utf8(&answer[9..12]).ok().and_then(|text| text.parse().ok()).unwrap_or(1),
        Err(_) => 0,
    };
    sending.abort();
    Ok(status)
}
