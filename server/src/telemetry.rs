//! The log: to standard error, filtered and formatted as configured. What is never in it: `docs/logging.md`.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

use crate::config::{ConfigError, LogFormat};

/// Starts logging. Called once, by the binary.
pub fn start(filter: &str, format: LogFormat) -> Result<(), ConfigError> {
    let filter = EnvFilter::try_new(filter).map_err(|error| ConfigError::one("log.filter", error.to_string()))?;
    // A line that cannot be written (a full disk) is lost; saying so would go the same way, and panic there.
    let builder = fmt().with_env_filter(filter).with_writer(stderr).with_ansi(stderr().is_terminal()).log_internal_errors(false);
    let started = match format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    started.map_err(|error| ConfigError::one("log", error.to_string()))?;
    std::panic::set_hook(Box::new(|panic| {
        // The place alone: the message may quote what a person sent.
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a panic");
    }));
    Ok(())
}
