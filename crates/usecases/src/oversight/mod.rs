//! What those who run the platform look at: the audit, the messages, the abuse.

mod days;
pub mod list_audit;
pub mod list_messages;
mod mask;
pub mod read_abuse;
mod show_number;
