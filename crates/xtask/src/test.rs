//! `cargo xtask test`: every test there is, with what they need set up and taken down; the short fault suite is one of them.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::postgres::Cluster;
use crate::workspace::Workspace;
use crate::{build, e2e, faults, interrupt, process};

/// Where the Rust tests find PostgreSQL; without it they fail rather than skip.
pub const POSTGRES_URL: &str = "SALON_TEST_POSTGRES_URL";
/// And the certificate of the authority that it is to be known by.
const POSTGRES_CA: &str = "SALON_TEST_POSTGRES_CA";

#[derive(clap::Args)]
pub struct Args {
    /// Leave the browser tests out
    #[arg(long)]
    no_e2e: bool,
    /// Only Rust tests whose name contains one of these; leaves the browser tests out
    filter: Vec<String>,
}

pub fn run(ws: &Workspace, args: &Args) -> Result<()> {
    interrupt::listen()?;
    // Before the long builds: what is missing should be said in the first minute.
    let browser = if args.no_e2e || !args.filter.is_empty() {
        None
    } else {
        build::wasm_target(ws)?;
        Some(e2e::Browser::ready(ws)?)
    };
    rust(ws, &args.filter)?;
    if args.filter.is_empty() {
        faults::short(ws)?;
        faults::short_attacks(ws)?;
    }
    if let Some(browser) = browser {
        // The Rust tests have just built the server.
        build::browser_side(ws, false)?;
        e2e::tests(ws, &browser, &[])?;
    }
    println!("\nAll tests passed.");
    Ok(())
}

fn rust(ws: &Workspace, filter: &[String]) -> Result<()> {
    // Built before the database starts: a compile error should not wait for it.
    build::server_with_tests(ws)?;
    let cluster = Cluster::start()?;
    let mut failed = false;
    for part in build::NATIVE {
        let mut cmd = runner(ws, part, filter);
        failed |= !process::status(cmd.env(POSTGRES_URL, &cluster.url).env(POSTGRES_CA, &cluster.authority))?.success();
    }
    ensure!(!failed, "the Rust tests failed");
    Ok(())
}

/// cargo-nextest for those who have it, cargo's own runner otherwise.
fn runner(ws: &Workspace, part: &[&str], filter: &[String]) -> Command {
    if process::which("cargo-nextest").is_none() {
        let mut cmd = ws.cargo("test");
        cmd.args(part).args(["--tests", "--no-fail-fast", "--"]).args(filter);
        return cmd;
    }
    let mut cmd = ws.cargo("nextest");
    cmd.arg("run").args(part).args(["--tests", "--no-fail-fast"]).args(filter);
    if !filter.is_empty() {
        // A filter usually speaks of one part only.
        cmd.arg("--no-tests=pass");
    }
    cmd
}
