//! The second factor: an authenticator app, and recovery codes for when it is lost (docs/adr/0021).

mod answer;
pub(crate) mod enrol;
pub(crate) mod held;
mod recovery;
