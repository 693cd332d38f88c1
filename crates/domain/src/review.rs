//! What a customer says of a visit. A review never shows a phone.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::booking::BookingStatus;
use crate::digits;

/// Longest text, in characters.
pub const TEXT_MAX_CHARS: usize = 1000;

/// How long its author may change it.
const EDITABLE: TimeDelta = TimeDelta::days(30);

/// Digits in a row, whatever stands between them, from which on a text may hold a phone.
const PHONE_DIGITS: usize = 7;

/// One to five.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Rating(u8);

impl Rating {
    /// A rating.
    pub const fn new(stars: u8) -> Option<Self> {
        if stars >= 1 && stars <= 5 { Some(Self(stars)) } else { None }
    }

    /// The number.
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// How the author stands beside the text: their choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShownAs {
    /// سارة ع.
    NameInitial,
    /// سارة
    FirstName,
    /// Verified customer.
    Anonymous,
}

impl ShownAs {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::NameInitial, Self::FirstName, Self::Anonymous];

    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NameInitial => "name_initial",
            Self::FirstName => "first_name",
            Self::Anonymous => "anonymous",
        }
    }

    /// Reads [`ShownAs::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// Whether the public sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewStatus {
    /// Waits for somebody to look at it.
    Pending,
    /// Seen by all.
    Published,
    /// Seen by its author and the moderators.
    Hidden,
}

impl ReviewStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Published, Self::Hidden];

    /// The stored and public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Published => "published",
            Self::Hidden => "hidden",
        }
    }

    /// Reads [`ReviewStatus::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == text)
    }
}

/// Whether a visit in this state can be reviewed.
pub const fn can_review(status: BookingStatus) -> bool {
    matches!(status, BookingStatus::Completed)
}

/// Whether a review of that day can still be changed.
pub fn is_editable(written_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - written_at <= EDITABLE
}

/// What a moderator should look at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// It may hold a phone.
    pub has_phone: bool,
    /// It may hold an address of the web or of e-mail.
    pub has_link: bool,
}

impl Flags {
    /// Of a text. Better once too often than not.
    pub fn of(text: &str) -> Self {
        Self { has_phone: has_phone(text), has_link: has_link(text) }
    }

    /// Whether there is anything to look at.
    pub const fn any(self) -> bool {
        self.has_phone || self.has_link
    }
}

/// Digits of any script with nothing but separators between them.
fn has_phone(text: &str) -> bool {
    let mut run = 0;
    for c in text.chars() {
        if digits::ascii_digit(c).is_some() {
            run += 1;
            if run >= PHONE_DIGITS {
                return true;
            }
        } else if c.is_alphabetic() {
            run = 0;
        }
    }
    false
}

fn has_link(text: &str) -> bool {
    let text = text.to_lowercase();
    let has_mark = ["://", "www.", "@", "wa.me", "t.me"].iter().any(|mark| text.contains(mark));
    // A dot between a letter and two letters or more: salon.sa, bit.ly.
    let is_domain = |word: &str| {
        word.split_once('.').is_some_and(|(before, after)| {
            before.ends_with(|c: char| c.is_ascii_alphanumeric())
                && after.chars().take_while(char::is_ascii_alphabetic).count() >= 2
        })
    };
    has_mark || text.split_whitespace().any(is_domain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_and_links_are_flagged_in_any_dress() {
        for text in ["اتصلوا 0501234567", "٠٥٠ ١٢٣ ٤٥٦٧", "05-0.1 2/3 4567", "050_123_4567", "call +966 (50) 1234567"]
        {
            assert!(Flags::of(text).has_phone, "{text}");
        }
        for text in ["see https://x.example", "salon.sa", "me@example.com", "wa.me/x", "WWW.X"] {
            assert!(Flags::of(text).has_link, "{text}");
        }
        for text in ["رائعة! انتظرت 15 دقيقة، والسعر 250", "Nice. Came twice, 2 hours, 5 stars of 5.", "Great...really", "5.5/10"]
        {
            assert!(!Flags::of(text).any(), "{text}");
        }
    }

    #[test]
    fn a_review_comes_after_the_visit_and_is_changed_for_a_month() {
        assert_eq!(
            BookingStatus::ALL.into_iter().filter(|status| can_review(*status)).collect::<Vec<_>>(),
            [BookingStatus::Completed]
        );
        let at = |day: i64| DateTime::from_timestamp(1_795_000_000 + day * 86_400, 0).expect("in range");
        assert!(is_editable(at(0), at(30)) && !is_editable(at(0), at(31)));
        assert_eq!([0, 1, 5, 6].map(|stars| Rating::new(stars).is_some()), [false, true, true, false]);
    }
}
