//! The only crate with SQL: one concrete store over `SQLite` or `PostgreSQL`, one SQL text for both.
//!
//! To add a table: both files in `migrations/`, one module here named after the table, its SQL as `const &str` with `$n`, functions
//! that begin with one of the store verbs (`find`, `list`, `count`, `insert`, `update`, `delete`, `lock`) and take `&mut Tx`.
//! Writes that go together with others are functions that return a [`Write`]; a [`Store::apply`] of several is one round trip. Then
//! `tests/<table>.rs` with `store_test!`s, which run on both databases. The parity test does the rest. What the two databases
//! cannot say in the same words goes into `dialect.rs`.

#[macro_use]
mod dispatch;
mod batch;
mod condition;
mod connect;
mod day;
mod dialect;
mod error;
mod health;
mod instant;
mod migrate;
mod read;
mod store;
mod transport;
mod tx;
mod write;

mod booking_row;
mod challenge_row;
mod outbox_lease;
mod outbox_row;
mod session_row;
mod user_row;

pub mod audit;
pub mod audit_list;
pub mod booked_counts;
pub mod booking_events;
pub mod booking_items;
pub mod bookings;
pub mod bulk_lease;
pub mod bulk_runs;
pub mod calendars;
pub mod challenges;
pub mod consents;
pub mod conversions;
pub mod delivery_reports;
pub mod devices;
pub mod erasures;
pub mod fence;
pub mod fraud_counters;
pub mod fraud_sums;
pub mod guesses;
pub mod idempotency_keys;
pub mod job_runs;
pub mod limit_keys;
pub mod live_settings;
pub mod message_log;
pub mod notices;
pub mod outbox;
pub mod passkey_ceremonies;
pub mod passkeys;
pub mod people;
mod people_periods;
pub mod person_history;
pub mod phone_moves;
#[cfg(feature = "testing")]
pub mod plans;
pub mod privacy_requests;
pub mod purge;
pub mod refresh_families;
pub mod review_list;
pub mod reviews;
pub mod role_grants;
pub mod salon_closings;
pub mod salon_grants;
pub mod salons;
pub mod schedules;
pub mod second_factors;
pub mod sessions;
pub mod sms_budgets;
pub mod staff;
pub mod staff_exceptions;
pub mod staff_treatments;
#[cfg(feature = "testing")]
pub mod testing;
pub mod time_off;
pub mod treatments;
pub mod user_notes;
pub mod users;
pub mod visits;
pub mod wakeups;

pub use batch::Applied;
pub use condition::Condition;
pub use day::Day;
pub use dialect::Backend;
pub use error::StoreError;
pub use instant::Instant;
pub use store::{Store, StoreOptions};
pub use transport::{Transport, transport};
pub use tx::Tx;
pub use write::Write;
