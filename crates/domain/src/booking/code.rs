//! The code of a booking, to be said over a counter.

use serde::{Deserialize, Serialize};

/// No 0, O, 1 and I.
const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const CHARS: usize = 6;

/// Six characters. It names a booking within a salon and opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(into = "String")]
pub struct BookingCode([u8; CHARS]);

impl BookingCode {
    /// From thirty random bits.
    pub fn from_bits(bits: u32) -> Self {
        Self(std::array::from_fn(|place| ALPHABET[(bits >> (5 * place) & 31) as usize]))
    }

    /// Reads one as said: in either case, with spaces or a hyphen.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = text.chars().filter(|c| !matches!(c, ' ' | '-')).map(|c| crate::digits::ascii_digit(c).unwrap_or(c));
        let bytes: Vec<u8> = plain.map(|c| u8::try_from(c.to_ascii_uppercase()).ok()).collect::<Option<_>>()?;
        let code: [u8; CHARS] = bytes.try_into().ok()?;
        code.iter().all(|byte| ALPHABET.contains(byte)).then_some(Self(code))
    }
}

impl std::fmt::Display for BookingCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{}", char::from(*byte)))
    }
}

impl From<BookingCode> for String {
    fn from(code: BookingCode) -> Self {
        code.to_string()
    }
}

impl<'de> Deserialize<'de> for BookingCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a booking code"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_code_is_read_as_it_is_said(bits in 0_u32..1 << 30) {
            let code = BookingCode::from_bits(bits);
            let text = code.to_string();
            prop_assert_eq!(BookingCode::parse(&format!("{}-{}", &text[..3].to_lowercase(), &text[3..])), Some(code));
            prop_assert!(!text.contains(['0', 'O', '1', 'I']));
        }
    }

    #[test]
    fn nothing_else_is_a_code() {
        for text in ["", "ABCDE", "ABCDEFG", "ABCDE0", "ABCDEI", "سسسسسس"] {
            assert_eq!(BookingCode::parse(text), None, "{text}");
        }
        assert_eq!(BookingCode::parse("٢٣٤567").map(String::from).as_deref(), Some("234567"));
    }
}
