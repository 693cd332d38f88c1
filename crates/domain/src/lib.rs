//! What Salon knows without a clock, a database or a network.
//!
//! To add a concept: one file named after the noun, its rules as methods that take `now` as an argument, its ids in `ids.rs`,
//! its errors as lines of [`error::ErrorCode`]; then list it here. Wasm builds this crate without the `server` feature.

pub mod booking;
pub mod challenge;
pub mod consent;
pub mod delivery;
pub mod digits;
pub mod error;
#[cfg(feature = "server")]
pub mod fraud;
pub mod guess_bound;
pub mod ids;
#[cfg(feature = "server")]
pub mod keys;
pub mod limits;
pub mod locale;
pub mod message;
pub mod money;
pub mod naming;
pub mod notice;
#[cfg(feature = "server")]
pub mod otp;
pub mod page;
pub mod passkey;
#[cfg(feature = "server")]
pub mod people;
pub mod permission;
pub mod person;
pub mod phone;
pub mod phone_move;
pub mod privacy_request;
#[cfg(feature = "server")]
pub mod proof;
#[cfg(feature = "server")]
pub mod recovery_code;
pub mod retention;
pub mod review;
pub mod role;
pub mod salon;
#[cfg(feature = "server")]
pub mod schedule;
pub mod secret;
pub mod session;
pub mod sms_budget;
#[cfg(feature = "server")]
pub mod totp;
pub mod treatment;
pub mod user;
pub mod uses;
