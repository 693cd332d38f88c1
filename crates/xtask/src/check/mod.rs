//! `cargo xtask check`: what a review should not have to say.
//!
//! To add a check: a variant of [`Step`] with its line in [`Step::run`], and a file here if it is more than a command.

mod clippy;
mod deny;
mod docs_paths;
mod file_length;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::workspace::Workspace;
use crate::{generate, interrupt, process};

#[derive(clap::Args)]
pub struct Args {
    /// Only these; all of them without
    #[arg(value_enum)]
    steps: Vec<Step>,
}

/// The quick ones first.
#[derive(Clone, Copy, ValueEnum)]
enum Step {
    /// Every file is formatted
    Fmt,
    /// No file is too long
    FileLength,
    /// Every path the documents name exists
    DocsPaths,
    /// Licences, bans and sources of the dependencies
    Deny,
    /// Clippy finds nothing, native and wasm
    Clippy,
    /// Generated files are current
    Gen,
}

impl Step {
    fn run(self, ws: &Workspace) -> Result<()> {
        match self {
            Self::Fmt => process::run(ws.cargo("fmt").args(["--all", "--", "--check", "-l"])).context("run `cargo fmt --all`"),
            Self::FileLength => file_length::run(ws),
            Self::DocsPaths => docs_paths::run(ws),
            Self::Deny => deny::run(ws),
            Self::Clippy => clippy::run(ws),
            Self::Gen => generate::check(ws),
        }
    }
}

/// Runs every step, so that one run tells everything that is wrong.
pub fn run(ws: &Workspace, args: &Args) -> Result<()> {
    interrupt::listen()?;
    let steps = if args.steps.is_empty() { Step::value_variants() } else { &args.steps };
    let mut failed = Vec::new();
    for step in steps {
        let value = step.to_possible_value();
        let name = value.as_ref().map_or("check", |value| value.get_name());
        println!("── {name}");
        if let Err(error) = step.run(ws) {
            if interrupt::raised() {
                return Err(error);
            }
            eprintln!("{error:#}");
            failed.push(name.to_owned());
        }
    }
    if !failed.is_empty() {
        bail!("failed: {}. One alone: `cargo xtask check {}`.", failed.join(", "), failed[0]);
    }
    println!("\nAll checks passed.");
    Ok(())
}
