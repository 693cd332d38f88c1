//! Salons: what the public sees of them, and how their people set them up.
//!
//! To add something a salon sets up: a file named after it; its first line asks [`crate::Admin::require_in`], and what changes when people
//! are at work goes through `hours::Usecases::change_hours`, which asks about the bookings it hits.

pub mod availability;
pub mod days;
mod fields;
pub mod grants;
pub mod hours;
pub mod public;
pub mod services;
pub mod set_up;
pub mod staff;
