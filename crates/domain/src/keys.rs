//! Keyed hashes under which limits are kept, so that counters hold no phone and no address and outlive an erased person.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::challenge::Purpose;
use crate::ids::{DeviceId, UserId};
use crate::phone::PhoneNumber;
use crate::secret::Secret;

pub use crate::limits::LimitKey;

impl LimitKey {
    /// The key of a phone in the log of erasures.
    pub fn phone(pepper: &Secret<Vec<u8>>, phone: &PhoneNumber) -> Self {
        Self::of(pepper, b"phone:", phone.as_e164())
    }

    /// The messages to a phone.
    pub fn sends(pepper: &Secret<Vec<u8>>, phone: &PhoneNumber) -> Self {
        Self::of(pepper, b"sends:", phone.as_e164())
    }

    /// The pause between two messages to a phone for one purpose.
    pub fn cooldown(pepper: &Secret<Vec<u8>>, purpose: Purpose, phone: &PhoneNumber) -> Self {
        let label = match purpose {
            Purpose::Auth => b"cooldown-auth:".as_slice(),
            Purpose::Verify => b"cooldown-verify:",
        };
        Self::of(pepper, label, phone.as_e164())
    }

    /// The pause between two messages that one known device asks for. It is the device's own: nobody else can spend it.
    pub fn own_cooldown(pepper: &Secret<Vec<u8>>, purpose: Purpose, device: DeviceId) -> Self {
        let label = match purpose {
            Purpose::Auth => b"own-cooldown-auth:".as_slice(),
            Purpose::Verify => b"own-cooldown-verify:",
        };
        Self::of(pepper, label, &device.to_string())
    }

    /// The guesses at codes of a phone.
    pub fn guesses(pepper: &Secret<Vec<u8>>, phone: &PhoneNumber) -> Self {
        Self::of(pepper, b"guesses:", phone.as_e164())
    }

    /// The answers to the second factor of a person.
    pub fn factor(pepper: &Secret<Vec<u8>>, user: UserId) -> Self {
        Self::of(pepper, b"factor:", &user.to_string())
    }

    /// The whole numbers that were shown to an admin.
    pub fn numbers_shown(pepper: &Secret<Vec<u8>>, user: UserId) -> Self {
        Self::of(pepper, b"numbers-shown:", &user.to_string())
    }

    /// A puzzle, by its text: whether it was used.
    pub fn puzzle(pepper: &Secret<Vec<u8>>, text: &str) -> Self {
        Self::of(pepper, b"puzzle:", text)
    }

    /// The texts that a client network got for waiting instead of solving a puzzle.
    pub fn waits_of(pepper: &Secret<Vec<u8>>, network: &str) -> Self {
        Self::of(pepper, b"waits-of:", network)
    }

    /// The same of everybody.
    pub fn waits(pepper: &Secret<Vec<u8>>) -> Self {
        Self::of(pepper, b"waits:", "")
    }

    /// The key of a client address in its canonical text form.
    pub fn address(pepper: &Secret<Vec<u8>>, address: &str) -> Self {
        Self::of(pepper, b"address:", address)
    }

    /// The sign-ins with a passkey that a client address began.
    pub fn passkeys_of(pepper: &Secret<Vec<u8>>, address: &str) -> Self {
        Self::of(pepper, b"passkeys-of:", address)
    }

    /// The slots that a client address, or a person by their id, had held.
    pub fn holds_of(pepper: &Secret<Vec<u8>>, holder: &str) -> Self {
        Self::of(pepper, b"holds-of:", holder)
    }

    /// The callers of one network in its canonical text form.
    pub fn network(pepper: &Secret<Vec<u8>>, network: &str) -> Self {
        Self::of(pepper, b"network:", network)
    }

    /// Enough of the key to tell apart what shares a limit.
    pub fn tag(self) -> u32 {
        let [a, b, c, d, ..] = self.0;
        u32::from_be_bytes([a, b, c, d])
    }

    fn of(pepper: &Secret<Vec<u8>>, label: &[u8], text: &str) -> Self {
        let mut mac = Hmac::<Sha256>::new_from_slice(pepper.expose()).expect("HMAC takes a key of any length");
        mac.update(label);
        mac.update(text.as_bytes());
        let mut half = [0; 16];
        half.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        Self(half)
    }
}
