//! Codes: derived when needed, compared in constant time, never stored.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::challenge::{CodeLength, Purpose};
use crate::digits;
use crate::ids::ChallengeId;
use crate::phone::PhoneNumber;
use crate::secret::Secret;

/// Fewest bytes of a derivation key: the output size of SHA-256 (RFC 2104 §3).
pub const MIN_KEY_BYTES: usize = 32;
/// Longest raw code field that is looked at, in bytes: room for a pasted message.
pub const MAX_INPUT_BYTES: usize = 512;

/// A code in ASCII digits. Cannot print itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code(Secret<String>);

impl Code {
    /// The last digits of a number.
    pub(crate) fn of_number(number: u64, length: CodeLength) -> Self {
        let digits = length.digits();
        let number = number % 10_u64.pow(u32::from(digits));
        Self(Secret::new(format!("{number:0width$}", width = usize::from(digits))))
    }

    /// The digits, for the message that carries them.
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// Whether the two are the same, in time that depends on the length alone.
    pub fn matches(&self, other: &Self) -> bool {
        self.expose().as_bytes().ct_eq(other.expose().as_bytes()).into()
    }
}

/// `HMAC-SHA256(key, challenge id ‖ purpose ‖ phone)` truncated as RFC 4226 §5.3 does it, with 64 bits instead of 31 so that ten
/// digits are as even as six.
///
/// # Panics
/// Never: HMAC takes keys of any length.
pub fn derive(key: &[u8], id: ChallengeId, purpose: Purpose, phone: &PhoneNumber, length: CodeLength) -> Code {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(id.0.as_bytes());
    mac.update(purpose.as_str().as_bytes());
    mac.update(phone.as_e164().as_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest[31] & 0x0f);
    let mut window = [0_u8; 8];
    window.copy_from_slice(&digest[offset..offset + 8]);
    Code::of_number(u64::from_be_bytes(window) >> 1, length)
}

/// Reads what a person typed or pasted. Digits of any script are folded; spaces, dashes and bidi marks inside the code are
/// dropped; of a pasted message («رمزك 123456») the one run of exactly the right length is taken.
/// `None` when there is no such run, or more than one.
pub fn read(input: &str, length: CodeLength) -> Option<Code> {
    if input.len() > MAX_INPUT_BYTES {
        return None;
    }
    let wanted = usize::from(length.digits());
    let compact: String = input.chars().filter(|c| !is_separator(*c)).map(|c| digits::ascii_digit(c).unwrap_or(c)).collect();
    let folded = digits::fold(input);
    let found = only_run(&compact, wanted).or_else(|| only_run(&folded, wanted))?;
    Some(Code(Secret::new(found.to_owned())))
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || digits::is_format(c) || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}')
}

fn only_run(text: &str, wanted: usize) -> Option<&str> {
    let mut runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == wanted);
    let first = runs.next()?;
    runs.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const KEY: &[u8] = b"0123456789abcdef0123456789abcdef";

    fn phone(text: &str) -> PhoneNumber {
        PhoneNumber::from_canonical(text).expect("canonical")
    }

    fn code_of(id: u128, purpose: Purpose, to: &str) -> String {
        derive(KEY, ChallengeId(Uuid::from_u128(id)), purpose, &phone(to), CodeLength::SIX).expose().to_owned()
    }

    #[test]
    fn a_code_depends_on_all_three_and_on_the_key() {
        let base = code_of(1, Purpose::Auth, "+966501234567");
        assert_eq!(base, code_of(1, Purpose::Auth, "+966501234567"));
        assert_ne!(base, code_of(2, Purpose::Auth, "+966501234567"));
        assert_ne!(base, code_of(1, Purpose::Verify, "+966501234567"));
        assert_ne!(base, code_of(1, Purpose::Auth, "+966501234568"));
        let id = ChallengeId(Uuid::from_u128(1));
        let other = derive(&[9; 32], id, Purpose::Auth, &phone("+966501234567"), CodeLength::SIX);
        assert_ne!(base, other.expose());
    }

    #[test]
    fn every_length_has_its_digits_and_every_digit_turns_up_in_every_place() {
        for digits in 6..=10 {
            let length = CodeLength::new(digits).expect("6 to 10");
            let mut seen = vec![[false; 10]; usize::from(digits)];
            for id in 0..400 {
                let code = derive(KEY, ChallengeId(Uuid::from_u128(id)), Purpose::Auth, &phone("+966501234567"), length);
                assert_eq!(code.expose().len(), usize::from(digits));
                for (place, digit) in code.expose().bytes().enumerate() {
                    seen[place][usize::from(digit - b'0')] = true;
                }
            }
            assert!(seen.iter().flatten().all(|seen| *seen), "{digits} digits");
        }
        assert!(CodeLength::new(5).is_none() && CodeLength::new(11).is_none());
    }

    #[test]
    fn what_people_type_and_paste_is_read() {
        let read = |input: &str| read(input, CodeLength::SIX).map(|code| code.expose().to_owned());
        for input in [
            "123456",
            " 123 456 ",
            "123-456",
            "١٢٣٤٥٦",
            "۱۲۳۴۵۶",
            "１２３４５６",
            "\u{200f}123456\u{200e}",
            "1 2 3 4 5 6",
            "رمزك 123456",
            "123456 هو رمز الدخول إلى صالون",
            "Your code is 123456.",
        ] {
            assert_eq!(read(input).as_deref(), Some("123456"), "{input}");
        }
        for input in ["", "12345", "1234567", "abcdef", "123456 or 654321", "12345x"] {
            assert_eq!(read(input), None, "{input}");
        }
        assert_eq!(read(&"1".repeat(4096)), None);
    }

    #[test]
    fn a_code_does_not_print() {
        let code = read("123456", CodeLength::SIX).expect("a code");
        assert!(!format!("{code:?}").contains("123456"));
    }
}
