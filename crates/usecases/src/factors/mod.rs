//! The second factor: an authenticator app, and recovery codes for when it is lost (docs/adr/0021). Passkeys are in `passkeys`.

mod answer;
pub(crate) mod enrol;
pub(crate) mod held;
mod recovery;
