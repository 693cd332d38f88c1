//! Looking for people: what was typed, and what they are narrowed down by.
//!
//! To let the search box understand something more: a variant of [`Search`], its line in `understand`, its walk in the store. To narrow
//! down by something more: a field of [`Filter`], its name in `filter.rs`, its line in the store. To do something more to many: a variant
//! of [`BulkAct`], and what it does in the use case.

mod bulk;
mod filter;
mod search;

pub use bulk::{BULK_MOST, BulkAct, BulkOutcome, BulkState, LeftOut};
pub use filter::{Filter, Period, StatusFilter, day, day_after};
pub use search::Search;
