//! Codes of an authenticator app (RFC 6238): SHA-1, six digits, thirty seconds, because that is what all of these apps can do.

use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::challenge::CodeLength;
use crate::otp::Code;
use crate::phone::PhoneNumber;
use crate::secret::Secret;

/// Bytes of a secret: the output size of SHA-1, as RFC 4226 §4 recommends.
pub const SECRET_BYTES: usize = 20;
/// Seconds that a code is shown for.
const STEP_S: i64 = 30;
/// How many steps the clock of a phone may be off, either way.
const DRIFT: i64 = 1;
/// Between beginning an enrolment and entering the first code.
pub const ENROLMENT_LIFE: TimeDelta = TimeDelta::minutes(15);
/// RFC 4648 §6.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// Who the codes are for, as the app lists them.
const ISSUER: &str = "Salon";

/// What an authenticator app and we share. Cannot print itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TotpSecret(Secret<[u8; SECRET_BYTES]>);

impl TotpSecret {
    /// From random bytes.
    pub const fn new(bytes: [u8; SECRET_BYTES]) -> Self {
        Self(Secret::new(bytes))
    }

    /// The bytes, to be sealed.
    pub const fn expose(&self) -> &[u8; SECRET_BYTES] {
        self.0.expose()
    }

    /// The step whose code this is, if it is one of now and later than `last`: a step is good once. All of them are compared, so
    /// that the time it takes does not say which.
    pub fn step_of(&self, code: &Code, now: DateTime<Utc>, last: i64) -> Option<i64> {
        let step = now.timestamp().div_euclid(STEP_S);
        (step - DRIFT..=step + DRIFT).fold(None, |found, step| {
            let is_right = self.code(step).matches(code) && step > last;
            found.or(is_right.then_some(step))
        })
    }

    /// What the app shows at `now`.
    pub fn code_at(&self, now: DateTime<Utc>) -> Code {
        self.code(now.timestamp().div_euclid(STEP_S))
    }

    /// HOTP of the step (RFC 4226 §5.3).
    fn code(&self, step: i64) -> Code {
        let mut mac = Hmac::<Sha1>::new_from_slice(self.expose()).expect("HMAC takes a key of any length");
        mac.update(&step.to_be_bytes());
        let digest = mac.finalize().into_bytes();
        let offset = usize::from(digest[19] & 0x0f);
        let mut window = [0_u8; 4];
        window.copy_from_slice(&digest[offset..offset + 4]);
        Code::of_number(u64::from(u32::from_be_bytes(window) & 0x7fff_ffff), CodeLength::SIX)
    }

    /// As it is typed into an app that cannot scan: base 32 without padding, of which twenty bytes need none.
    pub fn as_text(&self) -> String {
        let symbol = |at: usize| {
            let bit = |place: usize| (self.expose()[place / 8] >> (7 - place % 8)) & 1;
            (at * 5..at * 5 + 5).fold(0, |bits, place| (bits << 1) | bit(place))
        };
        (0..SECRET_BYTES * 8 / 5).map(|at| char::from(BASE32[usize::from(symbol(at))])).collect()
    }

    /// What the QR code says (the key URI format of authenticator apps). Algorithm, digits and period are the ones that every app
    /// takes for granted.
    pub fn uri(&self, account: &PhoneNumber) -> String {
        let account = account.as_e164().replace('+', "%2B");
        format!("otpauth://totp/{ISSUER}:{account}?secret={}&issuer={ISSUER}", self.as_text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::otp;

    /// The secret of the vectors.
    fn secret() -> TotpSecret {
        TotpSecret::new(*b"12345678901234567890")
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).expect("in range")
    }

    fn code(text: &str) -> Code {
        otp::read(text, CodeLength::SIX).expect("six digits")
    }

    #[test]
    fn the_vectors_of_the_rfc_hold() {
        // RFC 6238 appendix B, the last six of its eight digits.
        for (seconds, digits) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(secret().code_at(at(seconds)).expose(), digits, "{seconds}");
        }
    }

    #[test]
    fn a_code_is_good_one_step_either_way_and_no_further() {
        let shown = secret().code_at(at(3_000));
        for (seconds, found) in
            [(2_969, None), (2_970, Some(100)), (3_000, Some(100)), (3_029, Some(100)), (3_059, Some(100)), (3_060, None)]
        {
            assert_eq!(secret().step_of(&shown, at(seconds), 0), found, "{seconds}");
        }
    }

    #[test]
    fn a_step_is_good_once_and_so_is_none_before_it() {
        let (earlier, shown) = (secret().code_at(at(2_970)), secret().code_at(at(3_000)));
        assert_eq!(secret().step_of(&shown, at(3_000), 99), Some(100));
        assert_eq!(secret().step_of(&shown, at(3_000), 100), None);
        assert_eq!(secret().step_of(&earlier, at(3_000), 98), Some(99));
        assert_eq!(secret().step_of(&earlier, at(3_000), 100), None);
        assert_eq!(secret().step_of(&code("000000"), at(3_000), 0), None);
    }

    #[test]
    fn it_goes_into_an_app_by_text_and_by_picture() {
        assert_eq!(secret().as_text(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        let phone = PhoneNumber::from_canonical("+966501234567").expect("canonical");
        assert_eq!(
            secret().uri(&phone),
            "otpauth://totp/Salon:%2B966501234567?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Salon"
        );
    }

    #[test]
    fn a_secret_does_not_print() {
        assert_eq!(format!("{:?}", secret()), "TotpSecret([redacted])");
    }
}
