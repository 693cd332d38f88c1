//! The stable names of what can go wrong, and their HTTP statuses. This mapping exists once.
//!
//! To add one: a line here, its words in both languages in `app::i18n`, a row in `docs/errors.md`.

use serde::{Deserialize, Serialize};
use thiserror::Error;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $status:literal;)*) => {
        /// What a caller can act on (contract §3, RFC 9457).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $text)] $name,)*
        }

        impl ErrorCode {
            /// Every code, for the problem pages and the tests that walk them.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The public name, as in `/problems/<code>`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The HTTP status it is answered with.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// Reads [`ErrorCode::as_str`].
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$name),)* _ => None }
            }
        }
    };
}

codes! {
    /// The phone cannot be read, or its country is not served.
    InvalidPhone = "invalid-phone", 422;
    /// A field is missing, unknown or wrong.
    Validation = "validation", 422;
    /// Wrong code; the challenge lives on while attempts remain.
    InvalidCode = "invalid-code", 422;
    /// A passkey opens nothing here: not known, not shown rightly, or too late. One answer for every reason.
    PasskeyRefused = "passkey-refused", 422;
    /// No live challenge of that id and purpose for this caller. One answer for every reason.
    ChallengeNotFound = "challenge-not-found", 404;
    /// A proof of work comes first.
    ProofRequired = "proof-required", 428;
    /// A limit is spent.
    QuotaExceeded = "quota-exceeded", 429;
    /// No usable credential came with the request.
    Unauthenticated = "unauthenticated", 401;
    /// The credential was good once; its session is over.
    SessionEnded = "session-ended", 401;
    /// The session is fine but too old for this.
    FreshAuthenticationRequired = "fresh-authentication-required", 401;
    /// The session is fine and its owner has not shown a second factor in it.
    SecondFactorRequired = "second-factor-required", 403;
    /// Known, and not allowed.
    Forbidden = "forbidden", 403;
    /// Not there, or not the caller's.
    NotFound = "not-found", 404;
    /// The endpoint is gone for good.
    EndpointRetired = "endpoint-retired", 410;
    /// Somebody else has the slot.
    SlotTaken = "slot-taken", 409;
    /// The held slot was let go.
    HoldExpired = "hold-expired", 409;
    /// The thing changed meanwhile, or belongs to another.
    Conflict = "conflict", 409;
    /// The request cannot be read.
    Malformed = "malformed", 400;
    /// The body is over the limit.
    PayloadTooLarge = "payload-too-large", 413;
    /// Not a media type this endpoint reads.
    UnsupportedMediaType = "unsupported-media-type", 415;
    /// The path exists, the method does not.
    MethodNotAllowed = "method-not-allowed", 405;
    /// The database or a budget is out; try again later.
    Unavailable = "unavailable", 503;
    /// A fault of ours.
    Internal = "internal", 500;
}

/// What is wrong with one field of an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[error("{pointer}: {}", code.as_str())]
pub struct ValidationError {
    /// JSON pointer (RFC 6901) to the field, such as `/given_name`.
    pub pointer: String,
    /// What is wrong with it.
    pub code: FieldError,
}

impl ValidationError {
    /// An error at `pointer`.
    pub fn new(pointer: &str, code: FieldError) -> Self {
        Self { pointer: pointer.to_owned(), code }
    }
}

/// The closed list of what can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldError {
    /// Missing, null where a value is needed, or nothing but blanks.
    Required,
    /// Not a field of this request.
    Unknown,
    /// Of the wrong JSON type or shape.
    Invalid,
    /// Under the least length.
    TooShort,
    /// Over the greatest length.
    TooLong,
    /// Holds characters that have no place in it.
    InvalidChars,
    /// Not an e-mail address.
    NotAnEmail,
    /// Not one of the values on offer.
    NotOffered,
    /// At the same time as another of the list.
    Overlaps,
}

impl FieldError {
    /// Every field error.
    pub const ALL: [Self; 9] = [
        Self::Required,
        Self::Unknown,
        Self::Invalid,
        Self::TooShort,
        Self::TooLong,
        Self::InvalidChars,
        Self::NotAnEmail,
        Self::NotOffered,
        Self::Overlaps,
    ];

    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Unknown => "unknown",
            Self::Invalid => "invalid",
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::InvalidChars => "invalid_chars",
            Self::NotAnEmail => "not_an_email",
            Self::NotOffered => "not_offered",
            Self::Overlaps => "overlaps",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_read_back() {
        for (index, code) in ErrorCode::ALL.iter().enumerate() {
            assert_eq!(ErrorCode::parse(code.as_str()), Some(*code));
            assert!((400..=503).contains(&code.status()));
            assert!(!ErrorCode::ALL[..index].iter().any(|earlier| earlier.as_str() == code.as_str()));
        }
    }
}
