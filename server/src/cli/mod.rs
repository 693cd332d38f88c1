//! The command line.
//!
//! To add a command: a variant with its help text, a file with its `run`, a line in [`run`].

mod check_config;
mod demo;
mod demo_salons;
mod fraud;
mod purge;
mod restore_fence;
mod settings;
mod sms;
mod table;
mod user;

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Parser, Subcommand};
use usecases::clock::Clock;
use usecases::rng::Rng;
use usecases::{Guessing, Usecases};

use crate::config::{self, Config, ConfigError, Sources};
use crate::{openapi, serve, telemetry, wiring};

/// Salon: phone-first accounts and booking for salons.
///
/// Without a command it serves. Configuration: defaults, then salon.toml, then `SALON__SECTION__KEY`, then `DATABASE_URL`;
/// `salon check-config --example` prints every key.
#[derive(Parser)]
#[command(version, max_term_width = 100)]
struct Cli {
    /// Configuration file. Default: ./salon.toml when it exists.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Serves pages and API until SIGTERM (the default). Migrates SQLite by itself; PostgreSQL only with --migrate.
    Serve {
        /// Run pending migrations first, on PostgreSQL too.
        #[arg(long)]
        migrate: bool,
    },
    /// Runs pending migrations and ends.
    Migrate,
    /// Adds people, grants roles, shuts people out. Nobody but its owner can make a phone verified.
    #[command(subcommand)]
    User(user::Command),
    /// Makes keys.
    #[command(subcommand)]
    Keys(KeysCommand),
    /// Prints the OpenAPI document.
    Openapi,
    /// Fills a development database with people in every state. Running it again changes nothing.
    Demo,
    /// Forgets what is past its retention.
    Purge {
        /// Only say what would be forgotten, by kind, and how old it is.
        #[arg(long)]
        dry_run: bool,
    },
    /// Prints who was erased, one JSON object a line: to be kept apart from the backups.
    Erasures,
    /// After a backup was restored and before it is served: voids its codes, sessions, devices and waiting messages.
    RestoreFence(restore_fence::Command),
    /// Text messages.
    #[command(subcommand)]
    Sms(sms::Command),
    /// What was set while Salon runs, over the configuration.
    #[command(subcommand)]
    Settings(settings::Command),
    /// What the fraud brake saw, and what other thresholds would have done.
    #[command(subcommand)]
    Fraud(fraud::Command),
    /// Prints the configuration in force, secrets hidden, and everything that is wrong with it.
    CheckConfig {
        /// Print a sample file with every key instead.
        #[arg(long)]
        example: bool,
        /// For how many accounts to say what guessing may come to.
        #[arg(long, value_name = "N", default_value_t = Guessing::ACCOUNTS)]
        accounts: u64,
    },
}

#[derive(Subcommand)]
enum KeysCommand {
    /// Prints a new set of keys as a piece of salon.toml.
    Generate,
}

/// Parses the command line and runs what it says.
pub fn run() -> anyhow::Result<()> {
    let Cli { config, command } = Cli::parse();
    let load = || -> Result<Config, ConfigError> { config::load(&Sources::of_process(config.as_deref())?) };
    match command.unwrap_or(Command::Serve { migrate: false }) {
        Command::Keys(KeysCommand::Generate) => print(&config::snippet(&Rng::os()))?,
        Command::Openapi => print(&format!("{}\n", serde_json::to_string_pretty(&openapi::json())?))?,
        Command::CheckConfig { example, accounts } => return check_config::run(example, accounts, load),
        Command::Sms(command) => return sms::run(command, load),
        Command::Fraud(command) => return fraud::run(&command, load),
        Command::Serve { migrate } => {
            let config = ready(load()?)?;
            return runtime()?.block_on(serve::run(config, migrate));
        }
        Command::Migrate => {
            let config = ready(load()?)?;
            return runtime()?.block_on(async {
                let store = wiring::connect(&config).await?;
                let pending = store.pending_migrations().await?;
                store.migrate().await.context("the migrations failed")?;
                store.close().await;
                println!(
                    "{}",
                    if pending.is_empty() { "Nothing to do.".to_owned() } else { format!("Done: {}.", pending.join(", ")) }
                );
                Ok(())
            });
        }
        Command::User(command) => return with_usecases(load()?, async |uc| user::run(&uc, command).await),
        Command::Settings(command) => return with_usecases(load()?, async |uc| settings::run(&uc, &command).await),
        Command::Demo => {
            let config = load()?;
            if config.is_production() {
                anyhow::bail!("`demo` is for development (SALON__ENV)");
            }
            return with_usecases(config, async |uc| demo::run(&uc).await);
        }
        Command::Erasures => return with_usecases(load()?, async |uc| Ok(print(&uc.list_erasures().await?)?)),
        Command::RestoreFence(command) => return with_usecases(load()?, async |uc| restore_fence::run(&uc, command).await),
        Command::Purge { dry_run } => {
            return with_usecases(load()?, async |uc| purge::run(&uc, dry_run).await);
        }
    }
    Ok(())
}

/// Writes to standard output. A reader that has had enough (`salon openapi | head`) is no fault.
fn print(text: &str) -> io::Result<()> {
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Keys in place, checked, logging.
fn ready(mut config: Config) -> Result<Config, ConfigError> {
    config.fill_development_keys(&Rng::os())?;
    config.check()?;
    let far = config.test_numbers_last_too_long(Clock::system().now());
    if !far.is_empty() {
        return Err(ConfigError(far));
    }
    telemetry::start(&config.log.filter, config.log.format)?;
    Ok(config)
}

fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()
}

/// For commands that work on the database and end.
fn with_usecases(config: Config, work: impl AsyncFnOnce(Usecases) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let config = ready(config)?;
    runtime()?.block_on(async {
        let store = wiring::connect(&config).await?;
        if store.backend() == store::Backend::Sqlite {
            store.migrate().await.context("the migrations failed")?;
        }
        let uc = wiring::usecases(&config, store)?;
        let done = work(uc.clone()).await;
        uc.store().close().await;
        done
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_well_formed() {
        Cli::command().debug_assert();
    }
}
