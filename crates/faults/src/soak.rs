//! Half-capacity load for a while on two processes, watching what grows: memory, tables, backlog.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use store::testing::facts;

use crate::load::Load;
use crate::suite::{Suite, conclude};
use crate::table;
use crate::world::{Plan, World};

/// People at once while the full capacity is measured.
const CROWD: usize = 48;
const MEASURE_FOR: Duration = Duration::from_secs(15);
const SAMPLE_EVERY: Duration = Duration::from_secs(30);
/// The last third may hold so much more memory than the first: caches fill, pools reach their size.
const MOST_GROWTH_PERCENT: u64 = 10;
const MOST_GROWTH_KB: u64 = 4 * 1024;

/// Runs for so many minutes: whether everything held.
pub async fn run(suite: &Suite, minutes: u64) -> Result<bool> {
    let world = Arc::new(World::start(suite, "soak", Plan::default()).await?);
    let full = Load::start_at(&world, CROWD, |_| None, (0, 1));
    tokio::time::sleep(MEASURE_FOR).await;
    full.stop().await?;
    let per_s = world.journal.sign_in_count() / MEASURE_FOR.as_secs();
    println!("full: {per_s} sign-ins a second with {CROWD} people at once; soaking at half of it for {minutes} minutes");
    let (people, rest_ms) = half_of(per_s);
    let load = Load::start_at(&world, people, |_| None, (rest_ms / 2, rest_ms * 3 / 2));
    let samples = watch(&world, Duration::from_mins(minutes)).await?;
    load.stop().await?;

    for (place, node) in world.nodes.iter().enumerate() {
        let memory: Vec<u64> = samples.iter().map(|sample| sample.rss_kb[place]).collect();
        let (first, last) = thirds(&memory);
        println!("memory of node {}: {first} kB in the first third, {last} kB in the last", node.name);
        if last > first + (first * MOST_GROWTH_PERCENT / 100).max(MOST_GROWTH_KB) {
            world.journal.violate(format!("memory of node {} grows: {first} → {last} kB", node.name));
        }
    }
    let worst_backlog = samples.iter().map(|sample| sample.backlog).max().unwrap_or(0);
    let note = format!("{minutes} minutes, {people} people, worst backlog {worst_backlog}");
    let mut row = conclude(&world, 1, None, note).await?;
    row.fault = "soak";
    let passed = row.violations.is_empty();
    for violation in &row.violations {
        println!("  - {violation}");
    }
    table::print(&[row]);
    Ok(passed)
}

struct Sample {
    rss_kb: Vec<u64>,
    backlog: i64,
}

/// So many people, with such a rest between two walks, make half of that many sign-ins a second.
fn half_of(per_s: u64) -> (usize, u64) {
    const WALK_MS: u64 = 100;
    let people = CROWD * 4;
    let every_ms = people as u64 * 1_000 / (per_s / 2).max(1);
    (people, every_ms.saturating_sub(WALK_MS).max(20))
}

async fn watch(world: &World, span: Duration) -> Result<Vec<Sample>> {
    let store = world.store().await?;
    let started = Instant::now();
    let mut samples = Vec::new();
    let mut last_count = world.journal.sign_in_count();
    println!("{:>6} {:>10} {:>9} {:>9} {:>8}  tables (rows / kB)", "s", "sign-ins/s", "a kB", "b kB", "backlog");
    while started.elapsed() < span {
        tokio::time::sleep(SAMPLE_EVERY.min(span)).await;
        let rss_kb: Result<Vec<_>> = world.nodes.iter().map(harness::node::Node::rss_kb).collect();
        let sample = Sample { rss_kb: rss_kb?, backlog: facts::unfinished(&store).await? };
        let count = world.journal.sign_in_count();
        let rate = (count - last_count) / SAMPLE_EVERY.min(span).as_secs().max(1);
        last_count = count;
        let sizes = facts::sizes(&store).await?;
        let tables: Vec<_> = sizes.iter().map(|size| format!("{} {}/{}", size.table, size.rows, size.bytes / 1024)).collect();
        println!(
            "{:>6} {rate:>10} {:>9} {:>9} {:>8}  {}",
            started.elapsed().as_secs(),
            sample.rss_kb[0],
            sample.rss_kb[1],
            sample.backlog,
            tables.join(", ")
        );
        samples.push(sample);
    }
    store.close().await;
    Ok(samples)
}

/// The mean of the first third and that of the last.
fn thirds(values: &[u64]) -> (u64, u64) {
    let third = values.len().div_ceil(3).max(1);
    let mean = |part: &[u64]| part.iter().sum::<u64>() / (part.len() as u64).max(1);
    (mean(&values[..third.min(values.len())]), mean(&values[values.len().saturating_sub(third)..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_third_stands_against_the_last() {
        assert_eq!(thirds(&[1, 1, 5, 5, 9, 9]), (1, 9));
        assert_eq!(thirds(&[7]), (7, 7));
        assert_eq!(thirds(&[]), (0, 0));
    }
}
