//! `cargo xtask bench`: builds the server and the benchmark as they are shipped, and measures Salon beside the limits of the machine.

use anyhow::Result;

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
    let mut cmd = std::process::Command::new(ws.target.join(if args.dev { "debug" } else { "release" }).join("bench"));
    cmd.arg("run").arg("--salon").arg(ws.salon(!args.dev)).arg("--postgres-bin").arg(bin);
    if apt::is_root()? {
        cmd.args(["--postgres-user", postgres::USER]);
    }
    for name in &args.only {
        cmd.args(["--only", name]);
    }
    cmd.args(["--connections", &args.connections]);
    cmd.args(["--seconds", &args.seconds.to_string(), "--rounds", &args.rounds.to_string()]);
    process::run(&mut cmd)
}
