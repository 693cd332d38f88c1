//! `faults`: starts real `salon` processes, a database of their own, a provider that misbehaves and clients that write down every
//! acknowledged answer; injects each fault of security.md §3 and checks afterwards that nothing was lost and nothing doubled.
//! Run through `cargo xtask faults`.

mod attacks;
mod call;
mod check;
mod dice;
mod faults;
mod health;
mod journal;
mod load;
mod person;
mod soak;
mod stub;
mod stub_http;
mod suite;
mod table;
mod wall;
mod world;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;
use tokio::signal::unix::{SignalKind, signal};

use crate::suite::Suite;
use harness::cluster::Programs;

/// The fault suite. Any violation ends it with 1.
#[derive(Parser)]
struct Cli {
    /// The `salon` program
    #[arg(long, required_unless_present = "list")]
    salon: Option<PathBuf>,
    /// The folder with PostgreSQL's programs
    #[arg(long, required_unless_present = "list")]
    postgres_bin: Option<PathBuf>,
    /// The user to run PostgreSQL as, when this runs as root
    #[arg(long)]
    postgres_user: Option<String>,
    /// Fewer repeats, shorter loads, several faults beside each other
    #[arg(long)]
    short: bool,
    /// Only this fault; may be given again
    #[arg(long)]
    only: Vec<String>,
    /// No fault: half-capacity load for so many minutes, watching memory and tables
    #[arg(long, value_name = "MINUTES")]
    soak: Option<u64>,
    /// No fault: what somebody with a script tries, and what gets through
    #[arg(long)]
    attacks: bool,
    /// Throws the same dice again
    #[arg(long, default_value_t = 20_261_122)]
    seed: u64,
    /// Print the names of the faults
    #[arg(long)]
    list: bool,
}

fn main() -> Result<ExitCode> {
    let cli = Cli::parse();
    let (Some(salon), Some(bin)) = (cli.salon, cli.postgres_bin) else {
        println!("{}", suite::names());
        return Ok(ExitCode::SUCCESS);
    };
    let postgres = Programs { bin, user: cli.postgres_user };
    let suite = Suite { salon: std::path::absolute(salon)?, postgres, is_short: cli.short, seed: cli.seed };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let passed = runtime.block_on(async {
        let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
        // Dropped in the middle, every process and folder of ours goes with its owner.
        tokio::select! {
            passed = async { match cli.soak {
                Some(minutes) => soak::run(&suite, minutes).await,
                None if cli.attacks => attacks::run(&suite, &cli.only).await,
                None => suite.clone().run(&cli.only).await,
            } } => passed,
            _ = terminate.recv() => anyhow::bail!("interrupted"),
            _ = interrupt.recv() => anyhow::bail!("interrupted"),
        }
    })?;
    // Tasks still holding a world are ended, and the world's processes with it.
    runtime.shutdown_timeout(std::time::Duration::from_secs(12));
    Ok(if passed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
