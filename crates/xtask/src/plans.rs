//! `cargo xtask plans`: how PostgreSQL finds the rows of every statement on the way of a request, with many people in the database.

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
    cmd.args(["--quiet", "--package", "store", "--features", "testing", "--example", "plans", "--", &args.people.to_string()]);
    process::run(cmd.env(POSTGRES_URL, &cluster.url))
}
