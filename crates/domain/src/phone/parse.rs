//! From typed text to a number that can receive texts: steps 7 and 8 of people-and-phones §2.

use super::normalize::{self, Typed};
use super::{PhoneError, PhoneNumber, PhoneReason, Region, plan};

impl PhoneNumber {
    /// Reads what a person typed. `default_region` decides how a number without country code is read. The country policy comes after.
    pub fn parse(raw: &str, default_region: Region) -> Result<Self, PhoneError> {
        match normalize::read(raw, default_region, &mut [0; _])? {
            Typed::Saudi(national) if is_saudi_mobile(national) => {
                Ok(Self::from_digits("966", national).ok_or(PhoneReason::InvalidNumber)?)
            }
            Typed::Saudi(national) => Ok(plan::read_saudi(national)?),
            Typed::International(digits) => Ok(plan::read_international(digits)?),
            Typed::National(digits) => plan::read_national(digits, default_region).map_err(|reason| suggest(digits, reason)),
        }
    }
}

/// Step 8: a foreign number whose plus was left out. Ask, never guess.
fn suggest(digits: &str, reason: PhoneReason) -> PhoneError {
    // No country code starts with a zero, so those end as an error here.
    match plan::read_international(digits) {
        Ok(meant) => PhoneError { reason: PhoneReason::MissingPlus, suggestion: Some(meant) },
        Err(_) => reason.into(),
    }
}

/// The common case without a pattern: 50 51 53 54 55 56 570–578 5790–5798 58 59. A test holds it against the metadata.
fn is_saudi_mobile(national: &str) -> bool {
    match national.as_bytes() {
        [b'5', b'7', b'9', fourth, ..] => *fourth != b'9',
        [b'5', second, ..] => *second != b'2',
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_cut_for_saudi_mobiles_agrees_with_the_metadata() {
        for prefix in 0..10_000 {
            let national = format!("{prefix:04}01234");
            assert_eq!(is_saudi_mobile(&national), plan::read_saudi(&national).is_ok(), "{national}");
        }
    }
}
