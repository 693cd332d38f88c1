//! `cargo xtask bench`: builds the server and the benchmark as they are shipped, and measures Salon beside the limits of the machine, and
//! with `--peers` beside what a team would otherwise use.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::workspace::Workspace;
use crate::{apt, interrupt, postgres, process};

#[derive(clap::Args)]
pub struct Args {
    /// Only this scenario; may be given again
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Connections at once, one round each
    #[arg(long, default_value = "1,16,64")]
    connections: String,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    /// How often the whole is repeated
    #[arg(long, default_value_t = 3)]
    rounds: u32,
    /// Beside Better Auth, rustauth and drfpasswordless, installed from their published packages; needs Node, Python and time
    #[arg(long)]
    peers: bool,
    /// The development build: to try the benchmark itself out
    #[arg(long)]
    dev: bool,
}

pub fn run(ws: &Workspace, args: &Args) -> Result<()> {
    interrupt::listen()?;
    let mut build = ws.cargo("build");
    build.args(["--package", "server", "--bin", "salon", "--package", "bench", "--bin", "bench"]);
    if !args.dev {
        build.arg("--release");
    }
    process::run(&mut build)?;
    let bin = postgres::programs()?;
    let mut cmd = Command::new(ws.target.join(if args.dev { "debug" } else { "release" }).join("bench"));
    cmd.arg("run").arg("--salon").arg(ws.salon(!args.dev)).arg("--postgres-bin").arg(bin);
    if apt::is_root()? {
        cmd.args(["--postgres-user", postgres::USER]);
    }
    if args.peers {
        cmd.arg("--peers").arg(peers(ws)?);
    }
    for name in &args.only {
        cmd.args(["--only", name]);
    }
    cmd.args(["--connections", &args.connections]);
    cmd.args(["--seconds", &args.seconds.to_string(), "--rounds", &args.rounds.to_string()]);
    process::run(&mut cmd)
}

/// Installs the peers into a folder below the target directory, outside the checkout: where.
fn peers(ws: &Workspace) -> Result<PathBuf> {
    let (from, to) = (ws.path("crates/bench/peers"), ws.target.join("peers"));
    copy(&from, &to)?;
    let node = to.join("better-auth");
    process::run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&node))?;
    let django = to.join("drfpasswordless");
    if !django.join("venv").is_dir() {
        process::run(Command::new("python3").args(["-m", "venv", "venv"]).current_dir(&django))?;
    }
    let requirements = ["install", "--quiet", "--disable-pip-version-check", "--requirement", "requirements.txt"];
    process::run(Command::new("venv/bin/pip").args(requirements).current_dir(&django))?;
    let mut cargo = ws.cargo("build");
    // Its dependencies are its own: with ours, features would be unified and it would not be what its users run.
    cargo.args(["--release", "--locked", "--manifest-path"]).arg(to.join("rustauth/Cargo.toml"));
    process::run(cargo.env("CARGO_TARGET_DIR", to.join("rustauth/target")))?;
    Ok(to)
}

/// Copies a folder and what is in it, file by file.
fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from).with_context(|| format!("{} is not there", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
