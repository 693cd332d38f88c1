//! Real processes for those who try Salon out from outside: `salon` itself and a PostgreSQL of one's own.
//!
//! To add a kind of process: a file here that starts it, waits until it answers, and ends it when dropped.

pub mod cluster;
pub mod node;
pub mod ports;
pub mod signal;
