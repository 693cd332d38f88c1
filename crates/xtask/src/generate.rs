//! `cargo xtask gen`: files that the binary writes and the repository keeps.
//!
//! To add one: a line in [`FILES`].

use std::fs;
use std::process::Command;

use anyhow::{Result, bail};

use crate::workspace::Workspace;
use crate::{build, process};

/// The file, and the arguments of `salon` that print it.
const FILES: [(&str, &[&str]); 2] = [("docs/openapi.json", &["openapi"]), ("salon.example.toml", &["check-config", "--example"])];

#[derive(clap::Args)]
pub struct Args {
    /// Write nothing; fail if a file is not what it would be
    #[arg(long)]
    check: bool,
}

pub fn run(ws: &Workspace, args: &Args) -> Result<()> {
    if args.check { check(ws) } else { write(ws) }
}

fn write(ws: &Workspace) -> Result<()> {
    build::server(ws, false)?;
    for (file, text) in fresh(ws)? {
        fs::write(ws.path(file), text)?;
        println!("wrote {file}");
    }
    Ok(())
}

/// Fails when a generated file is out of date.
pub fn check(ws: &Workspace) -> Result<()> {
    build::server_with_tests(ws)?;
    let stale: Vec<_> = fresh(ws)?
        .into_iter()
        .filter(|(file, text)| fs::read_to_string(ws.path(file)).ok().as_ref() != Some(text))
        .map(|(file, _)| file)
        .collect();
    if !stale.is_empty() {
        bail!("out of date: {}. Run `cargo xtask gen`.", stale.join(", "));
    }
    Ok(())
}

fn fresh(ws: &Workspace) -> Result<Vec<(&'static str, String)>> {
    FILES
        .iter()
        .map(|(file, args)| {
            let mut cmd = Command::new(ws.salon(false));
            // Not in the checkout: a developer's salon.toml must not show up in the result.
            cmd.args(*args).current_dir(&ws.target);
            let mut text = process::output(&mut cmd)?.trim_end().to_owned();
            text.push('\n');
            Ok((*file, text))
        })
        .collect()
}
