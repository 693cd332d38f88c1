//! The limit of the database: PostgreSQL's own driver with the bare statements of a sign-in, in the database Salon uses.

use std::process::Command;

use anyhow::{Context, Result, ensure};
use harness::cluster::Programs;

use crate::load::Plan;
use crate::target::Target;

/// What a sign-in of somebody new has to write at the least, in as few round trips as can be: person, challenge and message in one
/// transaction; the guess counted in its own; the challenge used, the person active and a session in a third.
const SCRIPT: &str = include_str!("sign_in.sql");

/// Sign-ins a second with so many clients.
pub fn measure(programs: &Programs, targets: &[Target], clients: usize, plan: &Plan) -> Result<f64> {
    let cluster = targets.iter().find_map(Target::database).context("no PostgreSQL to measure")?;
    let script = tempfile::NamedTempFile::new()?;
    std::fs::write(script.path(), SCRIPT)?;
    let mut pgbench = Command::new(programs.bin.join("pgbench"));
    pgbench.args(["--no-vacuum", "--protocol=prepared", "--file"]).arg(script.path());
    pgbench.args(["--client", &clients.to_string(), "--jobs", "2", "--time", &plan.measure.as_secs().to_string()]);
    let done = pgbench.arg(cluster.url("salon")).output().context("cannot run pgbench")?;
    let said = String::from_utf8_lossy(&done.stdout);
    ensure!(done.status.success(), "pgbench: {}", String::from_utf8_lossy(&done.stderr));
    let rate = said.lines().find_map(|line| line.strip_prefix("tps = ")).context("pgbench names no rate")?;
    Ok(rate.split_whitespace().next().context("no number")?.parse()?)
}
