//! Numbers that staff ask to be moved (docs/adr/0024). Staff ask, cancel and take back; only whoever has the number in their hands can make
//! it happen.
//!
//! Everything here locks people first, in the order of their ids, and then the move.

pub(crate) mod ask;
mod cancel;
mod carry_out;
mod people;
pub(crate) mod prove;
pub(crate) mod read;
mod settle;
mod undo;
