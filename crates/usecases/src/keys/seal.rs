//! Secrets of people that we have to read again: sealed with AES-256-GCM, each for its owner, so that a copy of the database opens none
//! and a row moved to somebody else opens neither.

use aes_gcm::aead::{Aead, Payload};
use aes_gcm::{Aes256Gcm, KeyInit};
use domain::ids::UserId;
use domain::recovery_code::RecoveryCode;
use domain::totp::{SECRET_BYTES, TotpSecret};

use super::{Keys, sign};

/// The first byte: how the rest is sealed.
const VERSION: u8 = 1;
const NONCE_BYTES: usize = 12;

impl Keys {
    /// Seals the secret of an authenticator app for its owner. Never twice with the same nonce: 96 random bits.
    pub(crate) fn seal_totp(&self, secret: &TotpSecret, nonce: [u8; NONCE_BYTES], owner: UserId) -> Vec<u8> {
        let payload = Payload { msg: secret.expose(), aad: owner.0.as_bytes() };
        let sealed = self.seal_cipher().encrypt(&nonce.into(), payload).expect("twenty bytes are not too many");
        [&[VERSION][..], &nonce, &sealed].concat()
    }

    /// Opens it again. `None` when it is another's, was changed, or was sealed under another `auth.pepper`.
    pub(crate) fn open_totp(&self, sealed: &[u8], owner: UserId) -> Option<TotpSecret> {
        let (version, rest) = sealed.split_first()?;
        if *version != VERSION {
            return None;
        }
        let (nonce, rest) = rest.split_first_chunk::<NONCE_BYTES>()?;
        let payload = Payload { msg: rest, aad: owner.0.as_bytes() };
        let opened = self.seal_cipher().decrypt(&(*nonce).into(), payload).ok()?;
        <[u8; SECRET_BYTES]>::try_from(opened).ok().map(TotpSecret::new)
    }

    /// What the database keeps of a recovery code. Keyed: sixty bits could be tried through, given the hash alone.
    pub(crate) fn recovery_hash(&self, code: &RecoveryCode, owner: UserId) -> [u8; 32] {
        sign(&self.recovery, &[owner.0.as_bytes(), code.expose().as_bytes()])
    }

    fn seal_cipher(&self) -> Aes256Gcm {
        Aes256Gcm::new_from_slice(self.seal.expose()).expect("the key has 32 bytes")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::KeyMaterial;
    use crate::rng::Rng;
    use uuid::Uuid;

    fn keys(seed: u64) -> Keys {
        Keys::new(&KeyMaterial::generate(&Rng::seeded(seed))).expect("good keys")
    }

    #[test]
    fn a_secret_opens_for_its_owner_alone_and_only_unchanged() {
        let (keys, strangers) = (keys(1), keys(2));
        let [mine, other] = [1, 2].map(|number| UserId(Uuid::from_u128(number)));
        let secret = TotpSecret::new([42; SECRET_BYTES]);
        let sealed = keys.seal_totp(&secret, [7; 12], mine);
        assert_eq!(keys.open_totp(&sealed, mine), Some(secret.clone()));
        assert_eq!(keys.open_totp(&sealed, other), None);
        assert_eq!(strangers.open_totp(&sealed, mine), None);
        assert_ne!(keys.seal_totp(&secret, [8; 12], mine), sealed);
        assert!(!sealed.windows(4).any(|window| window == [42; 4]), "nothing of it shows");
        for place in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[place] ^= 1;
            assert_eq!(keys.open_totp(&bent, mine), None, "{place}");
        }
        for cut in 0..sealed.len() {
            assert_eq!(keys.open_totp(&sealed[..cut], mine), None, "{cut}");
        }
    }

    #[test]
    fn the_hash_of_a_recovery_code_depends_on_the_code_its_owner_and_the_key() {
        let [mine, other] = [1, 2].map(|number| UserId(Uuid::from_u128(number)));
        let [code, another] = [3, 4].map(|byte| RecoveryCode::new([byte; 12]));
        let hash = keys(1).recovery_hash(&code, mine);
        assert_eq!(hash, keys(1).recovery_hash(&code, mine));
        assert_ne!(hash, keys(1).recovery_hash(&another, mine));
        assert_ne!(hash, keys(1).recovery_hash(&code, other));
        assert_ne!(hash, keys(2).recovery_hash(&code, mine));
    }
}
