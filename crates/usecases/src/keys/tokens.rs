//! Opaque tokens of our own making: refresh tokens and device tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::ids::{DeviceId, FamilyId};
use domain::phone::PhoneNumber;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

use super::{Keys, sign};

/// An id, a number and a signature.
const REFRESH_BYTES: usize = 16 + 8 + 32;
/// An id, two numbers and a signature.
const DEVICE_BYTES: usize = 16 + 8 + 8 + 32;
/// No token of ours is longer, in characters.
const MAX_CHARS: usize = 128;

/// A refresh token taken apart, its signature good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RefreshToken {
    pub(crate) family: FamilyId,
    pub(crate) generation: i64,
}

/// A device token taken apart, its signature good for the phone it was read with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DeviceToken {
    pub(crate) device: DeviceId,
    pub(crate) epoch: i64,
    pub(crate) generation: i64,
}

impl Keys {
    /// The token of a generation. It is derived, so that the same successor can be handed out again after a lost answer although
    /// only its hash is kept; and signed, so that an old one is known from a made-up one.
    pub(crate) fn refresh_token(&self, token: RefreshToken) -> String {
        let (family, generation) = (token.family.0.as_bytes(), token.generation.to_be_bytes());
        join(&[family, &generation, &sign(&self.refresh, &[family, &generation])])
    }

    /// Reads a refresh token. `None` unless we signed it.
    pub(crate) fn read_refresh_token(&self, text: &str) -> Option<RefreshToken> {
        let bytes: [u8; REFRESH_BYTES] = split(text)?;
        let (family, generation, signature) = (array(&bytes[..16])?, array(&bytes[16..24])?, &bytes[24..]);
        let expected = sign(&self.refresh, &[&family, &generation]);
        let token = RefreshToken { family: FamilyId(Uuid::from_bytes(family)), generation: i64::from_be_bytes(generation) };
        bool::from(expected.ct_eq(signature)).then_some(token)
    }

    /// The token that makes a device known again: bound to the phone and the epoch, and another at each sign-in.
    pub(crate) fn device_token(&self, token: DeviceToken, phone: &PhoneNumber) -> String {
        let (device, epoch) = (token.device.0.as_bytes(), token.epoch.to_be_bytes());
        let generation = token.generation.to_be_bytes();
        join(&[device, &epoch, &generation, &self.device_signature(token, phone)])
    }

    fn device_signature(&self, token: DeviceToken, phone: &PhoneNumber) -> [u8; 32] {
        let (epoch, generation) = (token.epoch.to_be_bytes(), token.generation.to_be_bytes());
        sign(&self.device, &[token.device.0.as_bytes(), &epoch, &generation, phone.as_e164().as_bytes()])
    }

    /// The device a token speaks of, unproved: to look it up with what else is read, before the phone is known that proves it.
    pub(crate) fn device_named_by(text: &str) -> Option<DeviceId> {
        let bytes: [u8; DEVICE_BYTES] = split(text)?;
        array(&bytes[..16]).map(|device| DeviceId(Uuid::from_bytes(device)))
    }

    /// Reads a device token for a phone. `None` unless we signed it for this phone.
    pub(crate) fn read_device_token(&self, text: &str, phone: &PhoneNumber) -> Option<DeviceToken> {
        let bytes: [u8; DEVICE_BYTES] = split(text)?;
        let token = DeviceToken {
            device: DeviceId(Uuid::from_bytes(array(&bytes[..16])?)),
            epoch: i64::from_be_bytes(array(&bytes[16..24])?),
            generation: i64::from_be_bytes(array(&bytes[24..32])?),
        };
        bool::from(self.device_signature(token, phone).ct_eq(&bytes[32..])).then_some(token)
    }
}

/// What the database keeps of a token.
pub(crate) fn hash(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

/// What the database keeps of a session cookie.
pub(crate) fn hash_cookie(cookie: i128) -> [u8; 32] {
    Sha256::digest(cookie.to_be_bytes()).into()
}

pub(super) fn join(parts: &[&[u8]]) -> String {
    URL_SAFE_NO_PAD.encode(parts.concat())
}

pub(super) fn split<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() > MAX_CHARS {
        return None;
    }
    URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()
}

pub(super) fn array<const N: usize>(bytes: &[u8]) -> Option<[u8; N]> {
    bytes.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::KeyMaterial;
    use crate::rng::Rng;

    fn keys(seed: u64) -> Keys {
        Keys::new(&KeyMaterial::generate(&Rng::seeded(seed))).expect("good keys")
    }

    #[test]
    fn refresh_tokens_read_back_and_cannot_be_made_up() {
        let other_keys = keys(2);
        let keys = keys(1);
        let token = RefreshToken { family: Rng::seeded(9).id128(), generation: 7 };
        let text = keys.refresh_token(token);
        assert_eq!(keys.read_refresh_token(&text), Some(token));
        assert_eq!(other_keys.read_refresh_token(&text), None);
        assert_ne!(text, keys.refresh_token(RefreshToken { generation: 8, ..token }));
        for bad in ["", "x", &text[1..], &text.replace(&text[20..22], "zz"), &"A".repeat(500)] {
            assert_eq!(keys.read_refresh_token(bad), None);
        }
    }

    #[test]
    fn a_device_token_is_for_one_phone() {
        let keys = keys(1);
        let phone = |text| PhoneNumber::from_canonical(text).expect("canonical");
        let (mine, other) = (phone("+966501234567"), phone("+966501234568"));
        let device: DeviceId = Rng::seeded(3).id128();
        let token = DeviceToken { device, epoch: 1, generation: 4 };
        let text = keys.device_token(token, &mine);
        assert_eq!(keys.read_device_token(&text, &mine), Some(token));
        assert_eq!(Keys::device_named_by(&text), Some(device));
        assert_eq!(keys.read_device_token(&text, &other), None);
        assert_ne!(text, keys.device_token(DeviceToken { generation: 5, ..token }, &mine));
        for place in 0..text.len() {
            let bent: String = text
                .char_indices()
                .map(|(at, c)| {
                    if at != place {
                        c
                    } else if c == 'A' {
                        'B'
                    } else {
                        'A'
                    }
                })
                .collect();
            // The last character holds bits that no byte has.
            assert!(keys.read_device_token(&bent, &mine).is_none_or(|read| place + 1 == text.len() && read == token), "{place}");
        }
        assert_eq!(keys.read_refresh_token(&text), None, "nor is it a token of the other kind");
    }
}
