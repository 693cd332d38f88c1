//! Holding, booking and all that happens to a booking (salon.md §2). The guard against two at once is in the database; what is here
//! decides who may have which slot, and what is said to the one who comes second.
//!
//! To add something that is done to a booking: an `Act` in the domain, and a `BookingAct` in `act.rs`.

pub(crate) mod access;
pub(crate) mod act;
pub(crate) mod book;
pub(crate) mod calendar;
pub(crate) mod day;
pub(crate) mod desk;
pub(crate) mod expire;
pub(crate) mod hold;
pub(crate) mod idempotency;
pub(crate) mod insert;
pub(crate) mod of_person;
pub(crate) mod place;
pub(crate) mod read;
pub(crate) mod reschedule;
pub(crate) mod salon_desk;
pub(crate) mod slots;
pub(crate) mod today;
pub(crate) mod words;
