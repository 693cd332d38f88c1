//! What people may ask about their data, and what they agreed to (salon.md §5, docs/privacy.md).

mod ask;
pub mod consents;
mod erase_person;
mod export_person;
pub mod queue;
pub mod retention;
mod texts;
