//! Recovery codes: for whoever has lost the phone with the authenticator app. Sixty random bits each, good once.

use crate::digits;
use crate::secret::Secret;

/// How many are handed out at a time.
pub const HANDED_OUT: usize = 10;
/// Symbols of one.
pub const SYMBOLS: usize = 12;
/// Crockford's base 32: nothing in it is mistaken for anything else.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Longest text that is looked at, in bytes.
const MAX_INPUT_BYTES: usize = 128;

/// One code, its symbols without what is written between them. Cannot print itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryCode(Secret<String>);

impl RecoveryCode {
    /// From random bytes, of which five bits each are used.
    pub fn new(bytes: [u8; SYMBOLS]) -> Self {
        Self(Secret::new(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(byte & 31)])).collect()))
    }

    /// The symbols, to be hashed.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// As it is shown and written down: `7K3M-Q9XW-2FHT`.
    pub fn to_text(&self) -> String {
        let symbols = self.expose();
        [&symbols[..4], &symbols[4..8], &symbols[8..]].join("-")
    }

    /// Reads what a person typed: in small letters, in digits of any script, with spaces, dashes and bidi marks or without, with an O
    /// for the zero and an I or an L for the one. `None` when it cannot be a code.
    pub fn read(input: &str) -> Option<Self> {
        if input.len() > MAX_INPUT_BYTES {
            return None;
        }
        let typed =
            input.chars().filter(|c| !(c.is_whitespace() || digits::is_format(*c) || matches!(c, '-' | '\u{2010}'..='\u{2015}')));
        let symbols = typed.map(symbol).collect::<Option<String>>()?;
        (symbols.len() == SYMBOLS).then(|| Self(Secret::new(symbols)))
    }
}

fn symbol(typed: char) -> Option<char> {
    let upper = digits::ascii_digit(typed).unwrap_or(typed).to_ascii_uppercase();
    let meant = match upper {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    u8::try_from(meant).is_ok_and(|byte| ALPHABET.contains(&byte)).then_some(meant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_down_is_read_however_it_is_typed() {
        let code = RecoveryCode::new([1, 0, 10, 11, 31, 30, 2, 3, 4, 5, 6, 255]);
        assert_eq!(code.to_text(), "10AB-ZY23-456Z");
        for typed in ["10AB-ZY23-456Z", "10abzy23456z", " lOab zy23 456z ", "iO-AB ZY\u{200f}٢٣-٤٥٦Z", "10AB–ZY23–456Z"]
        {
            assert_eq!(RecoveryCode::read(typed).as_ref(), Some(&code), "{typed}");
        }
    }

    #[test]
    fn what_cannot_be_a_code_is_none() {
        for typed in ["", "123456", "10AB-ZY23-456", "10AB-ZY23-456ZZ", "10AB-ZY23-456U", "رمز", &"0".repeat(500)] {
            assert_eq!(RecoveryCode::read(typed), None, "{typed}");
        }
    }

    #[test]
    fn every_symbol_turns_up() {
        let all: String = (0..32).map(|byte| RecoveryCode::new([byte; SYMBOLS]).expose()[..1].to_owned()).collect();
        assert_eq!(all.as_bytes(), ALPHABET);
    }

    #[test]
    fn a_code_does_not_print() {
        assert_eq!(format!("{:?}", RecoveryCode::new([7; SYMBOLS])), "RecoveryCode([redacted])");
    }
}
