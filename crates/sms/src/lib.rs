//! Text messages: their words, and who carries them.
//!
//! To add a provider: one file with its adapter that maps *its* errors to [`SmsError`]; a variant of [`SmsSender`] (the compiler
//! lists the rest); a configuration section; tests against a stub server, one per error.

mod linter;
mod sender;
pub mod templates;

pub use linter::{LintError, Units, lint, units};
pub use sender::{Message, SmsError, SmsSender};
