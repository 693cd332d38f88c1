//! Configuration: typed, layered, and refused by name when it is wrong.
//!
//! To add a key: a commented line with a safe default in `defaults.toml`, a field in `model.rs`, and if production must not run
//! with its default, a line in `checks.rs`. The sample file and `check-config` follow by themselves.

mod carriers;
mod checks;
mod fraud;
mod guessing;
mod internal;
mod keys;
mod layers;
mod model;
mod problem;
mod reports;
mod second_factor;
mod settings;
mod show;
mod test_numbers;
mod texts;

pub use guessing::guessing;
pub use internal::{InternalBind, MetricsConfig};
pub use keys::{DEVELOPMENT_KEYS_FILE, snippet};
pub use layers::{Sources, load};
pub use model::{ClockConfig, Config, Environment, FloodConfig, LogFormat, Network, SmsProvider};
pub use problem::{ConfigError, KeyProblem};
pub use show::{example, redacted};
pub use test_numbers::test_numbers_in_words;
pub use texts::lengths;
