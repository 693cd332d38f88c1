//! A booking: its states, its code, who may still change it.

mod code;
mod status;

pub use code::BookingCode;
pub use status::{Act, BookingStatus, Refusal, Times};
