//! `salon sms …`

mod test;

use clap::Subcommand;

use crate::config::{Config, ConfigError};

#[derive(Subcommand)]
pub enum Command {
    /// Sends one text through a provider and prints the whole exchange, credentials hidden. Touches no database.
    Test(test::Command),
}

pub fn run(command: Command, load: impl FnOnce() -> Result<Config, ConfigError>) -> anyhow::Result<()> {
    match command {
        Command::Test(command) => super::runtime()?.block_on(test::run(&load()?, command)),
    }
}
