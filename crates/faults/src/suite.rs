//! Which faults are run, how many at once, and what becomes of them.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use futures::future::BoxFuture;
use futures::{FutureExt, StreamExt, stream};

use crate::table::{self, Row};
use crate::world::World;
use crate::{check, faults};
use harness::cluster::Programs;

/// The short form runs beside itself: most of a fault is waiting.
const LANES: usize = 4;

/// What was asked for on the command line.
#[derive(Clone, Debug)]
pub struct Suite {
    /// The server's program.
    pub salon: PathBuf,
    /// PostgreSQL's programs.
    pub postgres: Programs,
    /// Fewer repeats, shorter loads.
    pub is_short: bool,
    /// For the dice.
    pub seed: u64,
}

/// A fault, its name and how it is played.
pub struct Fault {
    /// For `--only` and the table.
    pub name: &'static str,
    /// Plays it in a world of its own.
    pub play: fn(Arc<Suite>) -> BoxFuture<'static, Result<Row>>,
}

impl Suite {
    /// `short` in the short form, else `full`.
    pub fn pick<T>(&self, short: T, full: T) -> T {
        if self.is_short { short } else { full }
    }

    /// Runs the chosen faults and prints the table: whether all passed.
    pub async fn run(self, only: &[String]) -> Result<bool> {
        let chosen: Vec<_> =
            faults::ALL.iter().filter(|fault| only.is_empty() || only.iter().any(|name| name == fault.name)).collect();
        anyhow::ensure!(!chosen.is_empty(), "no such fault; there are: {}", names());
        println!("{} faults, seed {}", chosen.len(), self.seed);
        let lanes = self.pick(LANES, 1);
        let suite = Arc::new(self);
        let played = stream::iter(chosen.into_iter().enumerate()).map(|(place, fault)| {
            let suite = Arc::clone(&suite);
            async move {
                let started = Instant::now();
                let outcome = std::panic::AssertUnwindSafe((fault.play)(suite)).catch_unwind().await;
                let mut row = match outcome {
                    Ok(Ok(row)) => row,
                    Ok(Err(error)) => failed(format!("could not be played: {error:#}")),
                    Err(_) => failed("the suite itself panicked".to_owned()),
                };
                row.fault = fault.name;
                let mark = if row.violations.is_empty() { "ok" } else { "VIOLATED" };
                println!("  {:<28} {mark} after {:.1} s", fault.name, started.elapsed().as_secs_f64());
                for violation in &row.violations {
                    println!("    - {violation}");
                }
                (place, row)
            }
        });
        let mut rows: Vec<_> = played.buffer_unordered(lanes).collect().await;
        rows.sort_by_key(|(place, _)| *place);
        let rows: Vec<_> = rows.into_iter().map(|(_, row)| row).collect();
        table::print(&rows);
        Ok(rows.iter().all(|row| row.violations.is_empty()))
    }
}

/// The names there are.
pub fn names() -> String {
    faults::ALL.iter().map(|fault| fault.name).collect::<Vec<_>>().join(" ")
}

fn failed(why: String) -> Row {
    Row { violations: vec![why], ..Row::default() }
}

/// Checks everything and makes the row of it.
pub async fn conclude(world: &World, injected: u32, healthy_s: Option<f64>, note: String) -> Result<Row> {
    let journal = &world.journal;
    for node in &world.nodes {
        if let Some(status) = node.ended()? {
            journal.violate(format!("node {} ended by itself: {status}", node.name));
        }
    }
    check::all(world).await?;
    if journal.sign_in_count() == 0 {
        journal.violate("nobody could sign in at all: nothing was tested");
    }
    let mut violations = journal.violations();
    if !violations.is_empty() {
        violations.push(format!("logs are kept in {}", world.keep_logs()?.display()));
    }
    Ok(Row {
        fault: "",
        injected,
        acknowledged: journal.acknowledged_count(),
        unavailable: journal.unavailable_count(),
        lost: journal.broken_count(),
        healthy_s,
        violations,
        note,
    })
}
