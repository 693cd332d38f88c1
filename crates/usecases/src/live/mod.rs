//! Settings that are changed while Salon runs (docs/adr/0026): a document in the database over what was configured.
//!
//! To add one: a variant of [`LiveKey`] with its lines in `key.rs`, its words in the app. What reads it asks
//! [`crate::Usecases::settings`], never the configured numbers.

mod change;
mod document;
mod follow;
mod in_force;
mod key;

pub use change::{LiveChange, LiveReview, LiveSetting, LiveSettings};
pub(crate) use in_force::InForce;
pub use key::{LiveKey, LiveValue};
