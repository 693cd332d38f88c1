//! Passkeys: what a person knows of theirs. What a machine knows of them is the relying party's, in `usecases`.

use chrono::{DateTime, TimeDelta, Utc};

use crate::ids::PasskeyId;
use crate::person::clean_name;

/// How long making or showing a passkey may take. It is good once.
pub const CEREMONY_LIFE: TimeDelta = TimeDelta::minutes(5);
/// So many passkeys a person may have: every device of theirs, and some that are in a drawer.
pub const HELD_AT_MOST: usize = 20;
/// Longest name, in characters.
pub const NAME_MAX_CHARS: usize = 60;

/// A passkey, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passkey {
    /// Key.
    pub id: PasskeyId,
    /// What its owner calls it.
    pub name: String,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it last opened or showed something.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// What a passkey is called, made fit to be shown. `None` when nothing of it is left.
pub fn passkey_name(raw: &str) -> Option<String> {
    Some(clean_name(raw)?.chars().take(NAME_MAX_CHARS).collect::<String>().trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_short_line() {
        assert_eq!(passkey_name("  Sara's\n phone\u{0} ").as_deref(), Some("Sara's phone"));
        assert_eq!(passkey_name(" \u{200b} "), None);
        assert_eq!(passkey_name(&"ص ".repeat(100)).map(|name| name.chars().count()), Some(59));
    }
}
