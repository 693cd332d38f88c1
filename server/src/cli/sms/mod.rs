//! `salon sms …`. To add a command: a file here, and its line below.

mod stats;
mod test;

use clap::Subcommand;

use crate::config::{Config, ConfigError};

#[derive(Subcommand)]
pub enum Command {
    /// Sends one text through a provider and prints the whole exchange, credentials hidden. Touches no database.
    Test(test::Command),
    /// Prints how many of the codes that were sent were entered, by hour, provider and country.
    Stats(stats::Command),
}

pub fn run(command: Command, load: impl FnOnce() -> Result<Config, ConfigError>) -> anyhow::Result<()> {
    match command {
        Command::Test(command) => super::runtime()?.block_on(test::run(&load()?, command)),
        Command::Stats(command) => super::with_usecases(load()?, async |uc| stats::run(&uc, &command).await),
    }
}
