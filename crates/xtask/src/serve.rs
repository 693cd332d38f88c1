//! `cargo xtask serve`: build everything, then become the server.

use std::os::unix::process::CommandExt;
use std::process::Command;

use anyhow::{Result, anyhow};

use crate::build;
use crate::workspace::Workspace;

#[derive(clap::Args)]
pub struct Args {
    /// Optimised build
    #[arg(long)]
    pub release: bool,
    /// More arguments for `salon serve`
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    pub args: Vec<String>,
}

pub fn run(ws: &Workspace, args: &Args) -> Result<()> {
    build::all(ws, args.release)?;
    // The server takes this process over, so every signal reaches it without a middleman.
    let error = command(ws, args).exec();
    Err(anyhow!(error).context("cannot start the server"))
}

/// `salon serve` on the built site.
pub fn command(ws: &Workspace, args: &Args) -> Command {
    let mut cmd = Command::new(ws.salon(args.release));
    cmd.arg("serve").args(&args.args).current_dir(&ws.root);
    if std::env::var_os("SALON__SERVER__SITE_ROOT").is_none() {
        cmd.env("SALON__SERVER__SITE_ROOT", ws.site());
    }
    cmd
}
