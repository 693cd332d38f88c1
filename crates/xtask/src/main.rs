//! The project's own commands: `cargo xtask <command>`.
//!
//! To add one: write `src/<command>.rs` with a `run` function, then give it a variant of [`Command`] and a line in
//! [`dispatch`].

#![expect(clippy::disallowed_methods, reason = "xtask is a development tool: it reads the caller's environment")]

mod apt;
mod bench;
mod build;
mod certificates;
mod check;
mod dev;
mod e2e;
mod faults;
mod generate;
mod interrupt;
mod node;
mod people;
mod plans;
mod postgres;
mod process;
mod serve;
mod site;
mod test;
mod walk;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

/// Salon's own commands. Only cargo is needed to run them: what else a job needs it installs, or says how.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build everything and run the server, at 127.0.0.1:3000 unless told otherwise
    Serve(serve::Args),
    /// Like `serve`, and build and restart again when a source changes
    Dev(serve::Args),
    /// Build the server and the site (wasm, CSS, public files)
    Build(build::Args),
    /// Run every test: Rust on SQLite and PostgreSQL, then the browser
    Test(test::Args),
    /// Run only the browser tests; arguments go to Playwright
    E2e(e2e::Args),
    /// Break everything that can break, and check that nothing was lost or doubled
    Faults(faults::Args),
    /// Measure speed and memory beside the limits of this machine
    Bench(bench::Args),
    /// Show how PostgreSQL finds the rows of every statement on the way of a request
    Plans(plans::Args),
    /// Measure the list of people on both databases
    People(people::Args),
    /// Formatting, lints, licences, paths in the documents, generated files
    Check(check::Args),
    /// Write the generated files again (OpenAPI, the configuration sample)
    Gen(generate::Args),
}

fn main() -> ExitCode {
    match dispatch(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: Command) -> Result<()> {
    let ws = Workspace::find()?;
    match command {
        Command::Serve(args) => serve::run(&ws, &args),
        Command::Dev(args) => dev::run(&ws, &args),
        Command::Build(args) => build::run(&ws, &args),
        Command::Test(args) => test::run(&ws, &args),
        Command::E2e(args) => e2e::run(&ws, &args),
        Command::Faults(args) => faults::run(&ws, &args),
        Command::Bench(args) => bench::run(&ws, &args),
        Command::Plans(args) => plans::run(&ws, &args),
        Command::People(args) => people::run(&ws, &args),
        Command::Check(args) => check::run(&ws, &args),
        Command::Gen(args) => generate::run(&ws, &args),
    }
}
