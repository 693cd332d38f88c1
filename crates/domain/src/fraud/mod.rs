//! The fraud brake and the fleet guard (docs/adr/0017), as far as they need no clock and no database: the brake itself and
//! `salon fraud replay` decide with the same functions.
//!
//! To add a kind of scope: a variant of [`Scope`] and of [`ScopeKind`], its bounds in [`Thresholds`], its rows in `docs/fraud.md`.

mod board;
mod guard;
mod judge;
mod scope;

pub use board::{Board, Bucket, Counts, DAY, HOUR, STILL_CHANGING};
pub use guard::{AlarmLimits, AlarmRules, HISTORY};
pub use judge::{Bounds, Level, Over, Span, Thresholds, Verdict};
pub use scope::{Origin, Prefix, Scope, ScopeKind};
