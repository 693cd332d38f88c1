//! The number itself.

use std::fmt;

use serde::{Serialize, Serializer};

use super::Mask;
#[cfg(feature = "server")]
use super::{Region, plan};

/// A plus and at most 15 digits (ITU-T E.164 §6).
const MAX_BYTES: usize = 16;

/// The fewest digits of a stored number. The one plan with shorter mobiles, Tokelau's with seven, is refused as invalid.
const MIN_DIGITS: usize = 8;

/// A mobile number in E.164. Outside text becomes one only through `PhoneNumber::parse`.
///
/// `Debug` prints mask M2; there is no `Display`, so that a log line cannot show it by accident.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhoneNumber {
    // Inline and padded with NUL: no heap, and the order is that of the text.
    bytes: [u8; MAX_BYTES],
    len: u8,
}

impl PhoneNumber {
    /// Takes back what [`Self::as_e164`] wrote (a database row, a signed cookie): a plus and 8 to 15 ASCII digits, nothing else is checked.
    /// Never for text from outside.
    pub fn from_canonical(e164: &str) -> Option<Self> {
        Self::from_digits(e164.strip_prefix('+')?, "")
    }

    /// Joins country code and national number.
    pub(super) fn from_digits(country_code: &str, national: &str) -> Option<Self> {
        let len = country_code.len() + national.len();
        if !(MIN_DIGITS..MAX_BYTES).contains(&len) || country_code.starts_with('0') {
            return None;
        }
        let mut bytes = [0; MAX_BYTES];
        bytes[0] = b'+';
        for (slot, digit) in bytes[1..].iter_mut().zip(country_code.bytes().chain(national.bytes())) {
            if !digit.is_ascii_digit() {
                return None;
            }
            *slot = digit;
        }
        Some(Self { bytes, len: u8::try_from(len + 1).ok()? })
    }

    /// E.164 with its plus: for the database, JSON and the SMS provider. Not for logs.
    pub fn as_e164(&self) -> &str {
        // Always ASCII: only `from_digits` fills the bytes.
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default()
    }

    /// E.164 without the plus.
    pub(crate) fn digits(&self) -> &str {
        &self.as_e164()[1..]
    }

    /// The country, for the country policy; [`Region::NONE`] for numbers of no country. Free for +966, one hash lookup where a country
    /// has its code alone, a few patterns for shared codes such as +1.
    #[cfg(feature = "server")]
    pub fn country(&self) -> Region {
        if self.digits().starts_with("966") { Region::SA } else { plan::country_of(self.digits()) }
    }
}

#[cfg(feature = "server")]
impl PhoneNumber {
    /// Whether nobody has it or will: the North American plan keeps 555-0100 to 555-0199 of every area for films and books. Of the
    /// numbers set apart like that anywhere, they are those that pass for mobiles.
    pub fn is_fictional(&self) -> bool {
        matches!(self.digits().as_bytes(), [b'1', _, _, _, b'5', b'5', b'5', b'0', b'1', _, _])
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked(Mask::M2))
    }
}

impl Serialize for PhoneNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_e164())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_type_wrote_is_taken_back() {
        let phone = PhoneNumber::from_canonical("+966501234567").unwrap();
        assert_eq!(phone.as_e164(), "+966501234567");
        assert_eq!(serde_json::to_string(&phone).unwrap(), "\"+966501234567\"");
        assert!(PhoneNumber::from_canonical("+123456789012345").is_some());
        for bad in [
            "",
            "+",
            "966501234567",
            "+966 501234567",
            "+0501234567",
            "+1234567",
            "+1234567890123456",
            "++96650123456",
            "+٩٦٦٥٠١٢٣٤٥٦٧",
        ] {
            assert_eq!(PhoneNumber::from_canonical(bad), None, "{bad}");
        }
    }

    #[test]
    #[cfg(feature = "server")]
    fn a_number_of_films_is_told_from_one_that_rings() {
        let is_fictional = |typed: &str| PhoneNumber::parse(typed, Region::SA).unwrap().is_fictional();
        assert!(is_fictional("+1 202 555 0100") && is_fictional("+1 (415) 555-0199"));
        for rings in ["+1 202 555 0200", "+1 202 556 0100", "0501234567", "+44 7400 123456"] {
            assert!(!is_fictional(rings), "{rings}");
        }
    }

    #[test]
    fn numbers_sort_as_their_text() {
        let mut texts = ["+9665012345678", "+966501234567", "+12015550123", "+971501234567"];
        let mut phones: Vec<_> = texts.iter().map(|text| PhoneNumber::from_canonical(text).unwrap()).collect();
        texts.sort_unstable();
        phones.sort();
        assert!(phones.iter().map(PhoneNumber::as_e164).eq(texts));
    }
}
