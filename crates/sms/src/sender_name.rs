//! The name that stands where the number of the sender would.

use thiserror::Error;

/// The length that fits the field of a sender's address on the air (3GPP TS 23.040 §9.1.2.5: 7-bit letters in ten octets).
const LONGEST: usize = 11;
/// Saudi operators: a name that ends so is for advertising, and advertising is filtered and held back at night.
const ADVERTISING: &str = "-AD";

/// Why a sender name is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SenderNameError {
    /// Empty, or over eleven characters.
    #[error("must have 1 to 11 characters")]
    Length,
    /// Operators know plain letters only, and a name without one is a number.
    #[error("must be of ASCII letters, digits, space and . - _ &, with a letter among them")]
    Characters,
    /// A code must not go out as advertising.
    #[error("ends in -AD: that is for advertising, and codes are service traffic")]
    Advertising,
}

/// A sender name, as registered with the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SenderName(String);

impl SenderName {
    /// Reads it.
    ///
    /// # Errors
    /// See [`SenderNameError`].
    pub fn parse(text: &str) -> Result<Self, SenderNameError> {
        if text.trim().is_empty() || text.chars().count() > LONGEST {
            return Err(SenderNameError::Length);
        }
        let is_known = |byte: u8| byte.is_ascii_alphanumeric() || b" .-_&".contains(&byte);
        if !text.bytes().all(is_known) || !text.bytes().any(|byte| byte.is_ascii_alphabetic()) || text.trim() != text {
            return Err(SenderNameError::Characters);
        }
        if text.to_ascii_uppercase().ends_with(ADVERTISING) {
            return Err(SenderNameError::Advertising);
        }
        Ok(Self(text.to_owned()))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sender_name_fits_the_air_and_is_no_advertisement() {
        for good in ["Salon", "SALON-SA", "Salon.app", "A1", "My Salon 22"] {
            assert!(SenderName::parse(good).is_ok(), "{good}");
        }
        let wrong = |text: &str| SenderName::parse(text).expect_err(text);
        assert_eq!(wrong(""), SenderNameError::Length);
        assert_eq!(wrong("  "), SenderNameError::Length);
        assert_eq!(wrong("TwelveLetter"), SenderNameError::Length);
        assert_eq!(wrong("صالون"), SenderNameError::Characters);
        assert_eq!(wrong("12345"), SenderNameError::Characters);
        assert_eq!(wrong("Salon "), SenderNameError::Characters);
        assert_eq!(wrong("Sa\nlon"), SenderNameError::Characters);
        assert_eq!(wrong("Salon-ad"), SenderNameError::Advertising);
    }
}
