//! Reading and showing phone numbers.
//!
//! To accept one more way of typing a number: a line in `tests/data/more_phones.csv`, then the rule in `normalize.rs`. To refuse for one
//! more reason: a variant in `reason.rs`, then its two texts in the catalogue. `PhoneNumber::parse` is the only way in from outside.

mod normalize;
mod number;
#[cfg(feature = "server")]
mod parse;
#[cfg(feature = "server")]
mod part;
#[cfg(feature = "server")]
mod plan;
mod reason;
mod region;
mod show;

pub use normalize::check_shape;
pub use number::PhoneNumber;
#[cfg(feature = "server")]
pub use part::{PhonePart, PhonePrefix, PhoneTail};
pub use reason::{PhoneError, PhoneReason};
pub use region::Region;
pub use show::Mask;
