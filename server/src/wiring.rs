//! From the configuration to the use cases, the same way for `serve` and for every other command.

use std::time::Duration;

use store::{Store, StoreError, StoreOptions};
use url::Url;
use usecases::clock::Clock;
use usecases::keys::Keys;
use usecases::rng::Rng;
use usecases::{Parts, Usecases};

use crate::config::{Config, ConfigError};
use crate::moved_clock;

/// Connects to the configured database.
pub async fn connect(config: &Config) -> anyhow::Result<Store> {
    let database = &config.database;
    let seconds = |count: u32| Duration::from_secs(count.into());
    let options = StoreOptions {
        max_connections: database.max_connections,
        acquire_timeout: seconds(database.acquire_timeout_s),
        statement_timeout: seconds(database.statement_timeout_s),
        lock_timeout: seconds(database.lock_timeout_s),
    };
    Store::connect(database.url.expose(), &options).await.map_err(|error| match error {
        StoreError::Unavailable(_) => anyhow::Error::new(error)
            .context(format!("cannot connect to the database at {} (database.url)", place(database.url.expose()))),
        error => ConfigError::one("database.url", usecases::chain(&error)).into(),
    })
}

/// Where a database is. Not who asks, nor with what password, and not the query, which may hold both.
fn place(url: &str) -> String {
    match Url::parse(url) {
        Ok(url) if url.has_host() => {
            let port = url.port().map_or_else(String::new, |port| format!(":{port}"));
            format!("{}{port}{}", url.host_str().unwrap_or_default(), url.path())
        }
        _ if url.starts_with("sqlite:") => url.split('?').next().unwrap_or_default().to_owned(),
        _ => "its URL".to_owned(),
    }
}

/// The use cases over a connected store, with the machine's clock and randomness.
pub fn usecases(config: &Config, store: Store) -> Result<Usecases, ConfigError> {
    usecases_with(config, store, moved_clock::of(&config.clock), Rng::os())
}

/// The same with a clock and randomness of the caller's choice.
pub fn usecases_with(config: &Config, store: Store, clock: Clock, rng: Rng) -> Result<Usecases, ConfigError> {
    let keys = Keys::new(&config.key_material()).map_err(|error| ConfigError::one(error.key, error.reason))?;
    let carriers = config.carriers()?;
    Ok(Usecases::new(Parts { store, carriers, reports: config.reports(), clock, rng, keys, settings: config.settings()? }))
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_place_holds_no_password() {
        for (url, shown) in [
            ("postgres://salon:hush@db.example:5433/salon?password=hush", "db.example:5433/salon"),
            ("postgres://salon:hush@[::1]/salon", "[::1]/salon"),
            ("postgres://salon:hush@db.example:port/salon", "its URL"),
            ("sqlite:///data/salon.db?mode=rwc", "sqlite:///data/salon.db"),
        ] {
            assert_eq!(place(url), shown);
        }
    }
}
