//! Whom a salon serves. In Saudi Arabia that is the first thing a customer asks.

use serde::{Deserialize, Serialize};

/// Whom a salon serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clientele {
    /// Women.
    Women,
    /// Men.
    Men,
    /// Children.
    Children,
    /// Everybody.
    All,
}

impl Clientele {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Women, Self::Men, Self::Children, Self::All];

    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Women => "women",
            Self::Men => "men",
            Self::Children => "children",
            Self::All => "all",
        }
    }

    /// Reads [`Clientele::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}
