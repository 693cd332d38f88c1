//! What a person may be besides a customer.

use serde::{Deserialize, Serialize};

/// A granted role. Everybody is a customer; that is not a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Owns a salon.
    Owner,
    /// Runs a salon.
    Manager,
    /// Works at the front desk.
    Reception,
    /// Works with customers.
    Stylist,
    /// Runs the platform. Granted from the command line first.
    PlatformAdmin,
}

impl Role {
    /// Every role, for menus and checks.
    pub const ALL: [Self; 5] = [Self::Owner, Self::Manager, Self::Reception, Self::Stylist, Self::PlatformAdmin];

    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Reception => "reception",
            Self::Stylist => "stylist",
            Self::PlatformAdmin => "platform_admin",
        }
    }

    /// Reads [`Role::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}
