//! Every table, on both databases.
//!
//! To add a table's tests: a file named after the table, listed here, with `store_test!`s: each body runs once on a fresh `SQLite`
//! file and once on a fresh `PostgreSQL` database.

#[macro_use]
mod support;

mod audit;
mod audit_list;
mod batch;
mod bookings;
mod bulk_runs;
mod calendars;
mod challenges;
mod consents;
mod conversions;
mod delivery_reports;
mod devices;
mod erasures;
mod fraud_counters;
mod fraud_sums;
mod guesses;
mod instant;
mod invariants;
mod limit_keys;
mod live_settings;
mod message_log;
mod migrations;
mod notices;
mod outbox;
mod outbox_lease;
mod passkeys;
mod people;
mod person_history;
mod phone_moves;
mod privacy_requests;
mod purge;
mod query_plans;
mod reconnect;
mod refresh_families;
mod role_grants;
mod salon_grants;
mod salons;
mod schema_parity;
mod second_factors;
mod sessions;
mod sessions_end;
mod sms_budgets;
mod sqlite_faults;
mod staff;
mod store;
mod tls;
mod treatments;
mod user_notes;
mod users;
mod users_life;
mod wakeups;
