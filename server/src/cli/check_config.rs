//! `salon check-config`

use usecases::clock::Clock;

use crate::config::{self, Config, ConfigError};

/// Prints what is in force to standard output. Problems are the error. Writes nothing, development keys neither.
pub fn run(example: bool, accounts: u64, load: impl FnOnce() -> Result<Config, ConfigError>) -> anyhow::Result<()> {
    if example {
        return Ok(super::print(&config::example())?);
    }
    let config = load()?;
    super::print(&config::redacted(&config))?;
    if let Ok(texts) = config.texts() {
        super::print(&config::lengths(&texts))?;
    }
    let now = Clock::system().now();
    if let Ok(settings) = config.settings() {
        super::print(&config::guessing(&settings, accounts))?;
        super::print(&config::test_numbers_in_words(&settings.test_numbers, now))?;
    }
    let mut problems = config.check().err().map_or_else(Vec::new, |error| error.0);
    problems.extend(config.test_numbers_last_too_long(now));
    // Keys are tried out too, once they are all there.
    if problems.is_empty()
        && !config.auth.jwt_keys.is_empty()
        && !config.auth.otp_keys.is_empty()
        && let Err(error) = usecases::keys::Keys::new(&config.key_material())
    {
        problems.push(config::KeyProblem::new(error.key, error.reason));
    }
    if problems.is_empty() { Ok(()) } else { Err(ConfigError(problems).into()) }
}
