//! A person: their phone number, and what they chose to add.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::ids::UserId;
use crate::locale::Locale;
use crate::person::Person;
use crate::phone::PhoneNumber;
use crate::role::Role;

/// Longest given or family name, in characters.
pub const NAME_MAX_CHARS: usize = 80;
/// Longest e-mail address, in bytes (RFC 5321 §4.5.3.1).
pub const EMAIL_MAX_BYTES: usize = 254;

/// Longest note about a person, in characters.
pub const NOTE_MAX_CHARS: usize = 2_000;
/// Longest reason for shutting somebody out, in characters.
pub const REASON_MAX_CHARS: usize = 500;

/// Where a person stands in their life with us (contract §1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserStatus {
    /// Somebody asked for a code for this phone; nobody has proved it yet. Owns nothing.
    Pending,
    /// Has proved the phone.
    Active,
    /// Shut out by staff.
    Blocked,
    /// Identity removed; the row stays so that bookings keep their sums.
    Erased,
    /// Their number is another account's now; nobody can sign in here before they have one again.
    Phoneless,
}

impl UserStatus {
    /// Every status.
    pub const ALL: [Self; 5] = [Self::Pending, Self::Active, Self::Blocked, Self::Erased, Self::Phoneless];

    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Blocked => "blocked",
            Self::Erased => "erased",
            Self::Phoneless => "phoneless",
        }
    }

    /// Reads [`UserStatus::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// Who first wrote the row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserOrigin {
    /// The person asked for a code.
    SelfService,
    /// Staff or an operator added the phone.
    Staff,
}

impl UserOrigin {
    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SelfService => "self_service",
            Self::Staff => "staff",
        }
    }

    /// Reads [`UserOrigin::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::SelfService, Self::Staff].into_iter().find(|origin| origin.as_str() == text)
    }
}

/// A person as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Key.
    pub id: UserId,
    /// Canonical identifier; `None` only once erased, or while phoneless.
    pub phone: Option<PhoneNumber>,
    /// Lifecycle.
    pub status: UserStatus,
    /// True once the owner of the phone entered a right code.
    pub is_phone_verified: bool,
    /// Everything issued under an older epoch is dead.
    pub epoch: i64,
    /// Given name, cleaned.
    pub given_name: Option<String>,
    /// Family name, cleaned.
    pub family_name: Option<String>,
    /// E-mail the person added; never needed, never verified here.
    pub email: Option<String>,
    /// Language of texts and pages.
    pub locale: Locale,
    /// Who wrote the row first.
    pub origin: UserOrigin,
    /// Whether it was opened with the fixed code of a test number: then it is nobody's, and no roles are in force.
    pub is_sandbox: bool,
    /// Roles in force. Empty while pending.
    pub roles: Vec<Role>,
    /// First seen.
    pub created_at: DateTime<Utc>,
    /// Last signed in or refreshed, to the nearest few minutes.
    pub last_seen_at: Option<DateTime<Utc>>,
}

impl User {
    /// Whether this person has never claimed the phone.
    pub fn is_unclaimed(&self) -> bool {
        !self.is_phone_verified
    }

    /// This person once the first right code is in: whatever was attached to the phone before is of an older epoch (contract §1.3).
    #[must_use]
    pub fn claimed(self, locale: Locale, now: DateTime<Utc>) -> Self {
        let status = if self.status == UserStatus::Pending { UserStatus::Active } else { self.status };
        // What testers wrote of themselves is not their successor's.
        let theirs = |text: Option<String>| text.filter(|_| !self.is_sandbox);
        Self {
            status,
            is_phone_verified: true,
            epoch: self.epoch + 1,
            given_name: theirs(self.given_name),
            family_name: theirs(self.family_name),
            email: theirs(self.email),
            locale,
            is_sandbox: false,
            last_seen_at: Some(now),
            ..self
        }
    }

    /// The view [`crate::person::display_name`] needs. `short_id` is [`UserId::short`].
    pub fn as_person<'a>(&'a self, short_id: &'a str) -> Person<'a> {
        Person {
            short_id,
            preferred_name: None,
            given_name: self.given_name.as_deref(),
            family_name: self.family_name.as_deref(),
            phone: self.phone.as_ref(),
            email: self.email.as_deref(),
            is_erased: self.status == UserStatus::Erased,
        }
    }
}
