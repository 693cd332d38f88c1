//! The JSON door (contract §3): one file per endpoint, `api/<noun>/<verb>.rs`, each with its body, its problems and its handler.
//!
//! To add an endpoint: that file; its line in the noun's `mod.rs`; a test in `tests/api/<noun>.rs` (happy, anonymous, each error);
//! then `salon openapi` shows it, and the tests of the document say what is missing.

mod admin;
mod auth;
mod bookings;
mod door;
mod me;
mod meta;
pub mod passkey_views;
mod privacy;
mod query;
mod retired;
mod reviews;
mod salons;
pub mod views;
mod webhooks;

pub use door::{Door, PROBLEM_CODES};
pub use meta::dev_sms;

use crate::state::AppState;

/// Every documented endpoint.
pub fn door() -> Door {
    let door = Door::default();
    let door = auth::add(door);
    let door = me::add(door);
    let door = bookings::add(door);
    let door = reviews::add(door);
    let door = admin::add(door);
    let door = salons::add(door);
    let door = retired::add(door);
    let door = webhooks::add(door);
    meta::add(door)
}

/// The documented endpoints and what a path nobody knows answers. The document itself is added by `openapi`.
pub fn router() -> (axum::Router<AppState>, utoipa::openapi::OpenApi) {
    door().into_parts()
}
