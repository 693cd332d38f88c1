//! What a customer says of a visit. A review never shows a phone.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::booking::BookingStatus;
use crate::digits;
use crate::ids::{BookingId, ReviewId, SalonId, StaffId, UserId};
#[cfg(feature = "server")]
use crate::locale::Locale;
#[cfg(feature = "server")]
use crate::person::{Audience, Person, display_name};

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

/// A review as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Key.
    pub id: ReviewId,
    /// Of which visit.
    pub booking_id: BookingId,
    /// Where.
    pub salon_id: SalonId,
    /// With whom.
    pub staff_id: StaffId,
    /// Who wrote it.
    pub customer_id: UserId,
    /// How many stars.
    pub rating: Rating,
    /// What they say.
    pub text: Option<String>,
    /// How they want to stand beside it.
    pub shown_as: ShownAs,
    /// Whether the public sees it.
    pub status: ReviewStatus,
    /// What the salon answers.
    pub reply: Option<String>,
    /// When it did.
    pub replied_at: Option<DateTime<Utc>>,
    /// When it was written first.
    pub written_at: DateTime<Utc>,
    /// When it was changed last.
    pub changed_at: DateTime<Utc>,
}

/// How the author of a review stands beside it: their choice, and never more than the public may see of them.
#[cfg(feature = "server")]
pub fn author_name(person: &Person, shown_as: ShownAs, locale: Locale) -> String {
    let nobody = Person { phone: person.phone, is_erased: person.is_erased, ..Person::default() };
    let shown = match shown_as {
        ShownAs::NameInitial => *person,
        ShownAs::FirstName => Person { given_name: person.given_name, ..nobody },
        ShownAs::Anonymous => nobody,
    };
    display_name(&shown, Audience::Public, locale).text
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

/// Whether a text says who somebody is: by a name of theirs, or by what could be a phone or an address.
pub fn tells_of(text: &str, names: &[&str]) -> bool {
    let lower = text.to_lowercase();
    let is_named = |name: &&str| !name.trim().is_empty() && lower.contains(&name.trim().to_lowercase());
    Flags::of(text).any() || names.iter().any(is_named)
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
    fn a_text_tells_of_somebody_by_name_phone_or_address() {
        for text in ["شكرًا من سارة", "SARA was here", "0501234567", "sara.example"] {
            assert!(tells_of(text, &["سارة", "Sara"]), "{text}");
        }
        assert!(!tells_of("رائعة", &["سارة", "", " "]));
    }

    #[test]
    fn an_author_stands_there_as_they_chose_and_never_with_a_phone() {
        let phone = crate::phone::PhoneNumber::from_canonical("+966501234567").expect("canonical");
        let sara = Person {
            preferred_name: Some("أم خالد"),
            given_name: Some("سارة"),
            family_name: Some("العتيبي"),
            phone: Some(&phone),
            ..Person::default()
        };
        let shown = |person: &Person| ShownAs::ALL.map(|shown_as| author_name(person, shown_as, Locale::En));
        assert_eq!(shown(&sara), ["سارة ا.", "سارة", "Verified customer"]);
        let named_after_a_phone = Person { given_name: Some("0501234567"), family_name: None, ..sara };
        assert_eq!(shown(&named_after_a_phone), ["Verified customer"; 3]);
        assert_eq!(shown(&Person { is_erased: true, ..sara }), ["Former customer"; 3]);
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
