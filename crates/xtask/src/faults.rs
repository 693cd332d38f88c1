//! `cargo xtask faults`: builds the server and the fault suite, and runs it on a PostgreSQL of its own.

use std::process::Command;

use anyhow::{Context, Result};

use crate::workspace::Workspace;
use crate::{apt, build, interrupt, postgres, process};

#[derive(clap::Args)]
pub struct Args {
    /// The development build, fewer repeats and shorter loads: what runs with the tests
    #[arg(long)]
    short: bool,
    /// Only this fault; may be given again
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// No fault: half-capacity load for so many minutes, watching memory and tables
    #[arg(long, value_name = "MINUTES")]
    soak: Option<u64>,
    /// No fault: what somebody with a script tries, and what gets through
    #[arg(long)]
    attacks: bool,
}

pub fn run(ws: &Workspace, args: &Args) -> Result<()> {
    interrupt::listen()?;
    if args.short {
        build::server_with_tests(ws)?;
    } else {
        let mut cmd = ws.cargo("build");
        cmd.args(["--release", "--package", "server", "--bin", "salon", "--package", "faults", "--bin", "faults"]);
        process::run(&mut cmd)?;
    }
    let mut more: Vec<String> = Vec::new();
    for name in &args.only {
        more.extend(["--only".to_owned(), name.clone()]);
    }
    if let Some(minutes) = args.soak {
        more.extend(["--soak".to_owned(), minutes.to_string()]);
    }
    if args.attacks {
        more.push("--attacks".to_owned());
    }
    suite(ws, args.short, &more)
}

/// The short form on what the tests have just built.
pub fn short(ws: &Workspace) -> Result<()> {
    suite(ws, true, &[])
}

/// What somebody with a script tries, likewise.
pub fn short_attacks(ws: &Workspace) -> Result<()> {
    suite(ws, true, &["--attacks".to_owned()])
}

fn suite(ws: &Workspace, is_short: bool, more: &[String]) -> Result<()> {
    let bin = postgres::programs()?;
    let program = ws.target.join(if is_short { "debug" } else { "release" }).join("faults");
    // Thousands of connections at once: as many files as this machine lets us open.
    let mut cmd = Command::new("sh");
    cmd.args(["-c", "ulimit -n \"$(ulimit -Hn)\"; exec \"$0\" \"$@\""]).arg(program);
    cmd.arg("--salon").arg(ws.salon(!is_short)).arg("--postgres-bin").arg(bin);
    if apt::is_root()? {
        cmd.args(["--postgres-user", postgres::USER]);
    }
    if is_short {
        cmd.arg("--short");
    }
    process::run(cmd.args(more)).context("the fault suite found something")
}
