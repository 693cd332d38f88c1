//! Secrets: what the configuration gives, checked once at start-up, and what is derived from it.

mod jwt;
mod material;
mod puzzles;
mod seal;
pub(crate) mod tokens;

pub use jwt::{AccessClaims, AccessTokenError};
pub use material::{JwtAlgorithm, JwtKeyMaterial, KeyMaterial, OtpKeyMaterial};

use std::collections::HashMap;

use domain::otp::MIN_KEY_BYTES;
use domain::secret::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use thiserror::Error;

use self::jwt::JwtKeys;

/// A key that must not be used, by the name of its configuration key.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{key}: {reason}")]
pub struct KeyError {
    /// Configuration key at fault, such as `auth.pepper`.
    pub key: String,
    /// What is wrong and what would be right.
    pub reason: String,
}

impl KeyError {
    fn new(key: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { key: key.into(), reason: reason.into() }
    }
}

/// Every key, long enough and tried out.
#[derive(Debug)]
pub struct Keys {
    pub(crate) jwt: JwtKeys,
    otp_current: String,
    otp: HashMap<String, Secret<Vec<u8>>>,
    pepper: Secret<Vec<u8>>,
    refresh: Secret<Vec<u8>>,
    device: Secret<Vec<u8>>,
    puzzle: Secret<Vec<u8>>,
    seal: Secret<Vec<u8>>,
    recovery: Secret<Vec<u8>>,
    cookie: Secret<Vec<u8>>,
}

impl Keys {
    /// Checks every length and signs and verifies once with every signing key, so that a bad key stops the start-up and not the
    /// first sign-in.
    ///
    /// # Errors
    /// Names the configuration key at fault.
    pub fn new(material: &KeyMaterial) -> Result<Self, KeyError> {
        let jwt = JwtKeys::new(&material.jwt)?;
        let mut otp = HashMap::new();
        for (index, key) in material.otp.iter().enumerate() {
            let name = format!("auth.otp_keys[{index}].secret");
            let bytes = long_enough(&name, &key.secret, MIN_KEY_BYTES)?;
            if key.kid.is_empty() || otp.insert(key.kid.clone(), bytes).is_some() {
                return Err(KeyError::new(format!("auth.otp_keys[{index}].kid"), "must be there and be used once"));
            }
        }
        let Some(current) = material.otp.first() else {
            return Err(KeyError::new("auth.otp_keys", "at least one key is needed; `salon keys generate` makes one"));
        };
        let pepper = long_enough("auth.pepper", &material.pepper, MIN_KEY_BYTES)?;
        let cookie_secret = long_enough("auth.cookie_secret", &material.cookie_secret, MIN_KEY_BYTES)?;
        let mut cookie = expand(&cookie_secret, "cookie encryption");
        cookie.extend(expand(&cookie_secret, "cookie signature"));
        Ok(Self {
            jwt,
            otp_current: current.kid.clone(),
            otp,
            refresh: Secret::new(expand(&pepper, "refresh token")),
            puzzle: Secret::new(expand(&pepper, "puzzle")),
            seal: Secret::new(expand(&pepper, "seal")),
            recovery: Secret::new(expand(&pepper, "recovery code")),
            device: Secret::new(expand(&cookie_secret, "device token")),
            cookie: Secret::new(cookie),
            pepper,
        })
    }

    /// 64 bytes for private cookies.
    pub fn cookie_key(&self) -> &[u8] {
        self.cookie.expose()
    }

    /// The id of the key that derives new codes.
    pub(crate) fn otp_kid(&self) -> &str {
        &self.otp_current
    }

    /// The derivation key of that id, while it is still configured.
    pub(crate) fn otp_key(&self, kid: &str) -> Option<&[u8]> {
        self.otp.get(kid).map(|key| key.expose().as_slice())
    }

    /// Under which limits are kept.
    pub(crate) const fn pepper(&self) -> &Secret<Vec<u8>> {
        &self.pepper
    }
}

/// HMAC-SHA256 of a label: one configured secret, several independent keys.
fn expand(secret: &Secret<Vec<u8>>, label: &str) -> Vec<u8> {
    sign(secret, &[label.as_bytes()]).to_vec()
}

fn sign(key: &Secret<Vec<u8>>, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.expose()).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Shared with the HS256 check: the secret's text as bytes, refused when short or when it is one character over and over.
fn long_enough(key: &str, secret: &Secret<String>, least: usize) -> Result<Secret<Vec<u8>>, KeyError> {
    let bytes = secret.expose().as_bytes();
    if bytes.len() < least {
        let reason = format!("has {} bytes; {least} or more are needed. `salon keys generate` makes a good one", bytes.len());
        return Err(KeyError::new(key, reason));
    }
    let mut distinct = bytes.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 8 {
        return Err(KeyError::new(key, "repeats the same few characters; `salon keys generate` makes a good one"));
    }
    Ok(Secret::new(bytes.to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    fn good() -> KeyMaterial {
        KeyMaterial::generate(&Rng::seeded(1))
    }

    #[test]
    fn generated_keys_are_good() {
        let keys = Keys::new(&good()).expect("generated keys pass");
        assert_eq!(keys.cookie_key().len(), 64);
        assert!(keys.otp_key(keys.otp_kid()).is_some());
    }

    #[test]
    fn short_keys_are_refused_by_name() {
        let short = || Secret::new("12345678".to_owned());
        let refused = |change: fn(&mut KeyMaterial, Secret<String>)| {
            let mut material = good();
            change(&mut material, short());
            Keys::new(&material).expect_err("a short key").key
        };
        assert_eq!(refused(|m, s| m.pepper = s), "auth.pepper");
        assert_eq!(refused(|m, s| m.cookie_secret = s), "auth.cookie_secret");
        assert_eq!(refused(|m, s| m.otp[0].secret = s), "auth.otp_keys[0].secret");
        let hs256 = refused(|m, s| {
            m.jwt[0] = JwtKeyMaterial { kid: "h".into(), algorithm: JwtAlgorithm::Hs256, secret: s };
        });
        assert_eq!(hs256, "auth.jwt_keys[0].secret");
    }

    #[test]
    fn a_long_but_dull_key_is_refused() {
        let material = KeyMaterial { pepper: Secret::new("a".repeat(64)), ..good() };
        assert_eq!(Keys::new(&material).expect_err("dull").key, "auth.pepper");
    }

    #[test]
    fn no_key_at_all_is_refused() {
        let refused = |material: KeyMaterial| Keys::new(&material).expect_err("nothing").key;
        assert_eq!(refused(KeyMaterial { jwt: vec![], ..good() }), "auth.jwt_keys");
        assert_eq!(refused(KeyMaterial { otp: vec![], ..good() }), "auth.otp_keys");
    }

    #[test]
    fn keys_do_not_print() {
        let material = good();
        let printed = format!("{material:?}{:?}", Keys::new(&material));
        assert!(!printed.contains(material.pepper.expose().as_str()));
        assert!(!printed.contains("PRIVATE"));
    }
}
