//! What becomes of messages after a provider took them. To add a use case: see the crate's root.

mod apply_waiting;
mod list_conversions;
mod receive_report;
