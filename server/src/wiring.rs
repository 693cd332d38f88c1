//! From the configuration to the use cases, the same way for `serve` and for every other command.

use std::time::Duration;

use sms::SmsSender;
use store::{Store, StoreOptions};
use usecases::clock::Clock;
use usecases::keys::Keys;
use usecases::rng::Rng;
use usecases::{Parts, Usecases};

use crate::config::{Config, ConfigError, SmsProvider};

/// Connects to the configured database.
pub async fn connect(config: &Config) -> Result<Store, ConfigError> {
    let options = StoreOptions {
        max_connections: config.database.max_connections,
        acquire_timeout: Duration::from_secs(config.database.acquire_timeout_s.into()),
        ..StoreOptions::default()
    };
    Store::connect(config.database.url.expose(), &options)
        .await
        .map_err(|error| ConfigError::one("database.url", usecases::chain(&error)))
}

/// The use cases over a connected store, with the machine's clock and randomness.
pub fn usecases(config: &Config, store: Store) -> Result<Usecases, ConfigError> {
    usecases_with(config, store, Clock::system(), Rng::os())
}

/// The same with a clock and randomness of the caller's choice.
pub fn usecases_with(config: &Config, store: Store, clock: Clock, rng: Rng) -> Result<Usecases, ConfigError> {
    let keys = Keys::new(&config.key_material()).map_err(|error| ConfigError::one(error.key, error.reason))?;
    let sms = match config.sms.provider {
        SmsProvider::Outbox => SmsSender::Outbox,
    };
    Ok(Usecases::new(Parts { store, sms, clock, rng, keys, settings: config.settings()? }))
}
