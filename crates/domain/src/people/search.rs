//! The one search box.

use crate::digits;
use crate::ids::{ShortId, UserId};
use crate::person::NameKey;
use crate::phone::{PhoneNumber, PhonePart, PhonePrefix, PhoneTail, Region};

/// Longer than anything that is stored; the rest of what was typed is not looked at.
const MAX_CHARS: usize = 254;

/// What the search box understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// Nothing was typed.
    Everybody,
    /// A whole phone in any spelling: whoever has it.
    Phone(PhoneNumber),
    /// The first digits of phones.
    PhonePrefix(PhonePrefix),
    /// The last digits of phones.
    PhoneTail(PhoneTail),
    /// The beginning of e-mail addresses, in small letters.
    Email(String),
    /// `7F3K`, or `#SARA` for one that could be a name.
    ShortId(ShortId),
    /// A whole id, as in the audit.
    Id(UserId),
    /// The beginning of a name, given or family.
    Name(NameKey),
}

impl Search {
    /// Reads what was typed, in either language and any digits. It never fails: what is nothing else is the beginning of a name.
    pub fn understand(typed: &str, region: Region) -> Self {
        let text: String = typed.chars().filter(|c| !digits::is_format(*c)).take(MAX_CHARS).collect();
        let text = digits::fold(text.trim());
        if text.is_empty() {
            return Self::Everybody;
        }
        if text.contains('@') {
            return Self::Email(text.to_ascii_lowercase());
        }
        let id = || text.parse().ok().map(Self::Id);
        let phone = || match PhoneNumber::parse(&text, region) {
            Ok(phone) => Some(Self::Phone(phone)),
            Err(error) => error.suggestion.map(Self::Phone),
        };
        let part = || match PhonePart::parse(&text, region)? {
            PhonePart::Prefix(prefix) => Some(Self::PhonePrefix(prefix)),
            PhonePart::Tail(tail) => Some(Self::PhoneTail(tail)),
        };
        // The joiners inside a word were dropped above with the other invisible characters; a name needs them no more than a phone does.
        let name = || NameKey::new(&text).map(Self::Name);
        id().or_else(phone).or_else(part).or_else(|| short_id(&text)).or_else(name).unwrap_or(Self::Everybody)
    }

    /// What it is called where what was typed must not stand: in the audit.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Everybody => "everybody",
            Self::Phone(_) => "phone",
            Self::PhonePrefix(_) => "phone_prefix",
            Self::PhoneTail(_) => "phone_tail",
            Self::Email(_) => "email",
            Self::ShortId(_) => "short_id",
            Self::Id(_) => "id",
            Self::Name(_) => "name",
        }
    }

    /// Whether it names one person: then they are found whatever the filters say.
    pub const fn is_exact(&self) -> bool {
        matches!(self, Self::Phone(_) | Self::Id(_))
    }
}

/// Four letters can be a name and four digits the end of a phone; with a `#` they are neither.
fn short_id(text: &str) -> Option<Search> {
    let (text, is_marked) = text.strip_prefix('#').map_or((text, false), |rest| (rest, true));
    let is_mixed = text.contains(|c: char| c.is_ascii_digit()) && text.contains(|c: char| c.is_ascii_alphabetic());
    if is_marked || is_mixed { ShortId::parse(text).map(Search::ShortId) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn understood(typed: &str) -> String {
        match Search::understand(typed, Region::SA) {
            Search::Everybody => "everybody".to_owned(),
            Search::Phone(phone) => format!("phone {}", phone.as_e164()),
            Search::PhonePrefix(prefix) => format!("begins {}", prefix.as_str()),
            Search::PhoneTail(tail) => format!("ends {}", tail.as_str()),
            Search::Email(email) => format!("email {email}"),
            Search::ShortId(id) => format!("short {id}"),
            Search::Id(id) => format!("id {id}"),
            Search::Name(name) => format!("name {}", name.as_str()),
        }
    }

    #[test]
    fn the_box_understands_what_people_type() {
        for (typed, meant) in [
            ("", "everybody"),
            (" \u{200F} ", "everybody"),
            ("-", "everybody"),
            ("0501234567", "phone +966501234567"),
            ("٠٥٠١٢٣٤٥٦٧", "phone +966501234567"),
            ("\u{202A}+966 50 123 4567\u{202C}", "phone +966501234567"),
            ("00966 50-123-4567", "phone +966501234567"),
            ("tel:+971501234567", "phone +971501234567"),
            ("971501234567", "phone +971501234567"),
            ("0501", "begins +966501"),
            ("+96650 1", "begins +966501"),
            ("٠٥٠١", "begins +966501"),
            ("050123456", "begins +96650123456"),
            ("4567", "ends 4567"),
            ("٤٥٦٧", "ends 4567"),
            ("67", "ends 67"),
            ("Sara@Example.com", "email sara@example.com"),
            ("sara@", "email sara@"),
            ("7F3K", "short 7F3K"),
            ("7f3k", "short 7F3K"),
            ("#7F3K", "short 7F3K"),
            ("#sara", "short SARA"),
            ("#1234", "short 1234"),
            ("sara", "name sara"),
            ("Sara Al-Otaibi", "name saraalotaibi"),
            ("سارة", "name ساره"),
            ("أحمد ع", "name احمدع"),
            ("01927c1e-0000-7000-8000-0000000a3f00", "id 01927c1e-0000-7000-8000-0000000a3f00"),
            ("050-CALL", "name 050call"),
        ] {
            assert_eq!(understood(typed), meant, "{typed}");
        }
    }

    #[test]
    fn whatever_is_typed_is_understood_as_something() {
        let long = "9".repeat(10_000);
        for typed in ["'; DROP TABLE users", "%", "_", "\0", "🙂", "+", "++", "#", "@", &long] {
            let _ = Search::understand(typed, Region::SA);
            let _ = Search::understand(typed, Region::parse("AE").unwrap());
        }
        assert!(understood("@").starts_with("email"));
    }
}
