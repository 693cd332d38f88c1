//! The load: closed for capacity, open for latency.
//!
//! Closed: each client begins its next turn when the last is answered; what comes out is how many turns there are in a second. Open: turns
//! begin at fixed instants whether or not the server keeps up, and a turn's time counts from the instant it should have begun, so that a
//! stall is felt by all who would have come during it (no coordinated omission).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use hdrhistogram::Histogram;
use tokio::task::JoinSet;

use crate::gateway::Gateway;
use crate::meter;
use crate::scenario::{Kept, Scenario, User};
use crate::target::Target;
use crate::wire::Wire;

/// A minute, in microseconds: nothing takes longer.
const LONGEST_US: u64 = 60_000_000;
/// The open load, as a part of what the closed one reached.
const OPEN_PART: f64 = 0.5;

/// What is measured and for how long.
pub struct Plan {
    /// Connections at once.
    pub connections: Vec<usize>,
    /// How long each measurement is.
    pub measure: Duration,
    /// How often the whole is done.
    pub rounds: u32,
}

/// What came out of one scenario on one target with one number of connections.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Turns a second, closed.
    pub per_second: f64,
    /// Processor seconds of the server for a thousand turns.
    pub server_cpu: f64,
    /// The same of its database server.
    pub database_cpu: f64,
    /// Part of the whole measurement in which the driver itself had a processor.
    pub driver_busy: f64,
    /// Latency of the open load, in microseconds: p50, p99, p99.9.
    pub latency_us: [u64; 3],
    /// Turns that failed.
    pub failed: u64,
}

/// Measures.
pub async fn measure(
    target: &Target,
    scenario: &'static Scenario,
    connections: usize,
    plan: &Plan,
    gateway: &Gateway,
) -> Result<Measured> {
    let mut users = Vec::with_capacity(connections);
    for _ in 0..connections {
        let peer = target.peer().map(|peer| (peer, gateway.clone()));
        let mut user = User { wire: Wire::new(target.port), peer, kept: Kept::default() };
        scenario.prepare(&mut user).await.with_context(|| format!("{} cannot be prepared", scenario.name))?;
        users.push(user);
    }
    let (users, _) = run(scenario, users, plan.measure / 5, None).await?;

    let before = (target.cpu()?, target.database_cpu()?, meter::cpu(std::process::id())?);
    let started = Instant::now();
    let (users, closed) = run(scenario, users, plan.measure, None).await?;
    let elapsed = started.elapsed();
    let after = (target.cpu()?, target.database_cpu()?, meter::cpu(std::process::id())?);

    let turns = closed.times.len();
    let per_second = count(turns) / elapsed.as_secs_f64();
    let per_thousand = |from: Duration, to: Duration| (to.saturating_sub(from)).as_secs_f64() * 1000.0 / count(turns.max(1));
    let (_, open) = run(scenario, users, plan.measure, Some((per_second * OPEN_PART).max(1.0))).await?;
    let at = |quantile| open.times.value_at_quantile(quantile);
    Ok(Measured {
        per_second,
        server_cpu: per_thousand(before.0, after.0),
        database_cpu: per_thousand(before.1, after.1),
        driver_busy: after.2.saturating_sub(before.2).as_secs_f64() / elapsed.as_secs_f64(),
        latency_us: [at(0.5), at(0.99), at(0.999)],
        failed: closed.failed + open.failed,
    })
}

/// A count as a number to divide by.
#[expect(clippy::cast_precision_loss, reason = "no count here comes near 2^52")]
pub const fn count(number: u64) -> f64 {
    number as f64
}

struct Outcome {
    times: Histogram<u64>,
    failed: u64,
}

impl Outcome {
    fn new() -> Result<Self> {
        Ok(Self { times: Histogram::new_with_max(LONGEST_US, 3)?, failed: 0 })
    }
}

/// All users at once for so long; with a rate, that many turns a second among them.
async fn run(scenario: &'static Scenario, users: Vec<User>, length: Duration, rate: Option<f64>) -> Result<(Vec<User>, Outcome)> {
    let started = Instant::now();
    let next = Arc::new(AtomicU64::new(0));
    let mut tasks = JoinSet::new();
    for mut user in users {
        let next = Arc::clone(&next);
        tasks.spawn(async move {
            let mut outcome = Outcome::new()?;
            loop {
                let due = match rate {
                    None => Instant::now(),
                    // The next turn of all; whoever is free takes it.
                    Some(rate) => started + Duration::from_secs_f64(count(next.fetch_add(1, Ordering::Relaxed)) / rate),
                };
                if due.duration_since(started) >= length || started.elapsed() >= length {
                    return Ok::<_, anyhow::Error>((user, outcome));
                }
                if rate.is_some() {
                    tokio::time::sleep_until(due.into()).await;
                }
                scenario.restock(&mut user).await?;
                // A closed turn begins now; an open one began when it was due.
                let begun = if rate.is_some() { due } else { Instant::now() };
                match scenario.turn(&mut user).await {
                    Ok(()) => outcome.times.saturating_record(u64::try_from(begun.elapsed().as_micros()).unwrap_or(LONGEST_US)),
                    Err(error) => {
                        if outcome.failed == 0 {
                            eprintln!("{}: {error:#}", scenario.name);
                        }
                        outcome.failed += 1;
                    }
                }
            }
        });
    }
    let (mut users, mut all) = (Vec::new(), Outcome::new()?);
    while let Some(done) = tasks.join_next().await {
        let (user, outcome) = done??;
        all.times.add(outcome.times)?;
        all.failed += outcome.failed;
        users.push(user);
    }
    Ok((users, all))
}
