//! `/admin/salons/{slug}/…`: the desk of a salon. Each page works for whoever has a role in that salon, and shows of customers what that
//! role may see.
//!
//! To add one: its file, its address in `routes.rs`, and its line among the tabs of `DeskFrame` when it is one of them.

pub(crate) mod booking;
mod chips;
pub(crate) mod day;
pub(crate) mod new;
pub(crate) mod reviews;
pub(crate) mod salons;
pub(crate) mod today;
