//! Passkeys (docs/adr/0023): made in a session, shown in one, and good for signing in. What a passkey says is judged in
//! `relying_party` and nowhere else.

pub(crate) mod ceremony;
pub(crate) mod enrol;
mod held;
mod relying_party;
mod show;
pub(crate) mod sign_in;
pub(crate) mod site;
