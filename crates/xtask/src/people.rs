//! `cargo xtask people`: how long the list of people takes on both databases, with many people in them.

use anyhow::Result;

use crate::postgres::Cluster;
use crate::test::POSTGRES_URL;
use crate::workspace::Workspace;
use crate::{interrupt, process};

#[derive(clap::Args)]
pub struct Args {
    /// People in the database
    #[arg(default_value_t = 1_000_000)]
    people: u32,
}

pub fn run(ws: &Workspace, args: &Args) -> Result<()> {
    interrupt::listen()?;
    let cluster = Cluster::start()?;
    let mut cmd = ws.cargo("run");
    cmd.args(["--quiet", "--package", "store", "--features", "testing", "--example", "people", "--", &args.people.to_string()]);
    process::run(cmd.env(POSTGRES_URL, &cluster.url))
}
