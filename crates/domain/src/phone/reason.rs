//! Why a typed phone was refused.

use super::PhoneNumber;

/// The reasons of people-and-phones §2; their texts are in the catalogue, in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PhoneReason {
    /// Nothing was typed, or nothing visible.
    Empty,
    /// Digits are missing.
    TooShort,
    /// Too many digits, or more than 64 characters.
    TooLong,
    /// Something that is neither digit, separator nor leading plus.
    InvalidChars,
    /// An extension follows the number.
    HasExtension,
    /// A real number that cannot receive texts.
    NotMobile,
    /// A foreign number without plus: the error carries a suggestion to confirm.
    MissingPlus,
    /// No country has this code.
    UnknownCountry,
    /// The right length, but no such number is assigned.
    InvalidNumber,
    /// The country policy refuses it. The parser never says this.
    CountryNotAllowed,
}

impl PhoneReason {
    /// Every reason, for catalogues and checks.
    pub const ALL: [Self; 10] = [
        Self::Empty,
        Self::TooShort,
        Self::TooLong,
        Self::InvalidChars,
        Self::HasExtension,
        Self::NotMobile,
        Self::MissingPlus,
        Self::UnknownCountry,
        Self::InvalidNumber,
        Self::CountryNotAllowed,
    ];

    /// The stable public code.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::InvalidChars => "invalid_chars",
            Self::HasExtension => "has_extension",
            Self::NotMobile => "not_mobile",
            Self::MissingPlus => "missing_plus",
            Self::UnknownCountry => "unknown_country",
            Self::InvalidNumber => "invalid_number",
            Self::CountryNotAllowed => "country_not_allowed",
        }
    }

    /// Reads a public code back.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == code)
    }
}

/// A refused phone. It never holds what was typed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", reason.as_str())]
pub struct PhoneError {
    /// Why.
    pub reason: PhoneReason,
    /// The number that was probably meant, to be confirmed by the person. Only with [`PhoneReason::MissingPlus`].
    pub suggestion: Option<PhoneNumber>,
}

impl From<PhoneReason> for PhoneError {
    fn from(reason: PhoneReason) -> Self {
        Self { reason, suggestion: None }
    }
}
