//! What messages cost, and what becomes of them after a provider took them. To add a use case: see the crate's root.

mod apply_waiting;
pub(crate) mod budget;
mod list_conversions;
mod receive_report;
