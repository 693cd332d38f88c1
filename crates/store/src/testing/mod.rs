//! What tests above this crate need of a database. Built only with the feature `testing`.
//!
//! To add a rule that must hold whatever happened: a line in `invariants`. To add something to do to a database: `injections`.

mod databases;
pub mod facts;
pub mod injections;
pub mod invariants;
pub mod personal;
mod raw;
pub mod salons;

pub use databases::{Scratch, at_once, on_postgres, on_postgres_url, on_sqlite};
pub use raw::{Raw, is_encrypted, on_writer};
