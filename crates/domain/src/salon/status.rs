//! Whether a salon is open to the public.

use serde::{Deserialize, Serialize};

/// Where a salon stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SalonStatus {
    /// Being set up; only its staff see it.
    Draft,
    /// Anybody finds and books it.
    Live,
    /// Taken out of sight; bookings that stand, stand.
    Suspended,
}

/// Why a salon cannot go live yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotLive {
    /// It has no active treatment.
    NoTreatment,
    /// Nobody bookable does one of its treatments.
    NoStaff,
}

impl NotLive {
    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoTreatment => "no_service",
            Self::NoStaff => "no_staff",
        }
    }
}

impl SalonStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Live, Self::Suspended];

    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Live => "live",
            Self::Suspended => "suspended",
        }
    }

    /// Reads [`SalonStatus::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }

    /// Whether a salon with so many active treatments and bookable staff who do one may go live (salon.md §1).
    ///
    /// # Errors
    /// What is missing first.
    pub const fn may_go_live(treatments: u32, staff: u32) -> Result<(), NotLive> {
        match (treatments, staff) {
            (0, _) => Err(NotLive::NoTreatment),
            (_, 0) => Err(NotLive::NoStaff),
            _ => Ok(()),
        }
    }
}
