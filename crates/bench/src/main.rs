//! `bench`: how fast Salon is, beside the limit of the machine, in one run that anyone can repeat. Run through `cargo xtask bench`.
//!
//! To add a scenario: a file in `scenario/`, its line in `scenario::ALL`.

mod gateway;
mod hello;
mod load;
mod meter;
mod peer;
mod people;
mod pgbench;
mod report;
mod scenario;
mod target;
mod wire;

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use clap::{Parser, Subcommand};
use harness::cluster::Programs;

use crate::load::Plan;

/// The benchmark.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Measure
    Run(Args),
    /// The limit of HTTP: answers every request with the same few bytes
    Hello {
        /// Where to listen
        port: u16,
    },
}

/// What to measure, and with what.
#[derive(clap::Args)]
struct Args {
    /// The `salon` program, a release build
    #[arg(long)]
    salon: PathBuf,
    /// The folder with PostgreSQL's programs
    #[arg(long)]
    postgres_bin: PathBuf,
    /// The user to run PostgreSQL as, when this runs as root
    #[arg(long)]
    postgres_user: Option<String>,
    /// The folder with the peers, ready to run; without it Salon is measured alone
    #[arg(long)]
    peers: Option<PathBuf>,
    /// Only this scenario; may be given again
    #[arg(long)]
    only: Vec<String>,
    /// Connections at once, one round each
    #[arg(long, value_delimiter = ',', default_value = "1,16,64")]
    connections: Vec<usize>,
    /// Seconds of each measurement, after a fifth of that to warm up
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    /// How often the whole is repeated, in turns, so that a slow minute of the machine meets everybody
    #[arg(long, default_value_t = 3)]
    rounds: u32,
}

fn main() -> Result<()> {
    let cli = Cli::parse();
    match cli.command {
        Command::Hello { port } => hello::serve(port),
        Command::Run(args) => {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            runtime.block_on(run(args))
        }
    }
}

async fn run(args: Args) -> Result<()> {
    let programs = Programs { bin: args.postgres_bin, user: args.postgres_user };
    let chosen = scenario::chosen(&args.only)?;
    let plan = Plan { connections: args.connections, measure: Duration::from_secs(args.seconds), rounds: args.rounds };
    let mut report = report::Report::default();
    let gateway = gateway::Gateway::open()?;
    let targets = target::all(&args.salon, &programs, args.peers.as_deref(), &gateway).await?;
    for target in &targets {
        report.idle(target);
    }
    for round in 0..plan.rounds {
        for target in &targets {
            for scenario in chosen.iter().filter(|scenario| target.offers(scenario)) {
                for connections in &plan.connections {
                    let measured = load::measure(target, scenario, *connections, &plan, &gateway).await?;
                    report.add(target, scenario, *connections, measured);
                }
            }
        }
        for clients in &plan.connections {
            report.add_limit(*clients, pgbench::measure(&programs, &targets, *clients, &plan)?);
        }
        eprintln!("round {} of {} is done", round + 1, plan.rounds);
    }
    for target in &targets {
        report.loaded(target)?;
    }
    println!("{report}");
    Ok(())
}
