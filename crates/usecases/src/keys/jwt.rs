//! Access tokens: JWTs of RFC 9068 shape with fixed algorithms and keys of our own set only (security.md §1 rule 8).

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;
use uuid::Uuid;

use super::material::{JwtAlgorithm, JwtKeyMaterial};
use super::{KeyError, long_enough};
use crate::settings::TokenSettings;

const TYPE: &str = "at+jwt";
/// Longest token that is looked at, in bytes; ours have under 700.
const MAX_BYTES: usize = 4096;

/// What an access token says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessClaims {
    /// Who issued it.
    pub iss: String,
    /// For whom.
    pub aud: String,
    /// The user.
    pub sub: Uuid,
    /// The session.
    pub sid: Uuid,
    /// The user's epoch when it was issued.
    pub epoch: i64,
    /// Issued at, seconds since 1970.
    pub iat: i64,
    /// Not before, seconds since 1970.
    pub nbf: i64,
    /// Ends at, seconds since 1970.
    pub exp: i64,
    /// Its own id.
    pub jti: Uuid,
}

/// The token is not one of ours, or not good now. No more is said: it helps nobody but a forger.
#[derive(Debug, Error)]
#[error("not a good access token")]
pub struct AccessTokenError;

#[derive(Debug)]
pub(crate) struct JwtKeys {
    signing_kid: String,
    keys: HashMap<String, JwtKey>,
    jwks: Value,
}

struct JwtKey {
    algorithm: Algorithm,
    encoding: EncodingKey,
    decoding: DecodingKey,
}

impl std::fmt::Debug for JwtKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "JwtKey({:?})", self.algorithm)
    }
}

impl JwtKeys {
    pub(crate) fn new(material: &[JwtKeyMaterial]) -> Result<Self, KeyError> {
        let Some(first) = material.first() else {
            return Err(KeyError::new("auth.jwt_keys", "at least one key is needed; `salon keys generate` makes one"));
        };
        let mut keys = HashMap::new();
        let mut public = Vec::new();
        for (index, given) in material.iter().enumerate() {
            let (key, jwk) = read(given, &format!("auth.jwt_keys[{index}].secret"))?;
            public.extend(jwk);
            if given.kid.is_empty() || keys.insert(given.kid.clone(), key).is_some() {
                return Err(KeyError::new(format!("auth.jwt_keys[{index}].kid"), "must be there and be used once"));
            }
        }
        let jwks = serde_json::to_value(JwkSet { keys: public }).expect("a key set is plain data");
        let all = Self { signing_kid: first.kid.clone(), keys, jwks };
        all.self_test(material)?;
        Ok(all)
    }

    /// The public halves; HS256 secrets have none.
    pub(crate) const fn jwks(&self) -> &Value {
        &self.jwks
    }

    pub(crate) fn sign(&self, claims: &AccessClaims) -> Result<String, jsonwebtoken::errors::Error> {
        self.sign_with(&self.signing_kid, claims)
    }

    fn sign_with(&self, kid: &str, claims: &AccessClaims) -> Result<String, jsonwebtoken::errors::Error> {
        let key = &self.keys[kid];
        let header = Header { typ: Some(TYPE.to_owned()), kid: Some(kid.to_owned()), ..Header::new(key.algorithm) };
        encode(&header, claims, &key.encoding)
    }

    /// Checks signature, algorithm, type and every claim. Time is compared here and not in the library, whose clock is ambient.
    pub(crate) fn verify(
        &self,
        token: &str,
        settings: &TokenSettings,
        now: DateTime<Utc>,
    ) -> Result<AccessClaims, AccessTokenError> {
        if token.len() > MAX_BYTES {
            return Err(AccessTokenError);
        }
        let header = decode_header(token).map_err(|_| AccessTokenError)?;
        let key = header.kid.as_deref().and_then(|kid| self.keys.get(kid)).ok_or(AccessTokenError)?;
        if header.alg != key.algorithm || header.typ.as_deref() != Some(TYPE) {
            return Err(AccessTokenError);
        }
        let mut validation = Validation::new(key.algorithm);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        validation.set_issuer(&[&settings.issuer]);
        validation.set_audience(&[&settings.audience]);
        validation.validate_exp = false;
        validation.validate_nbf = false;
        let claims = decode::<AccessClaims>(token, &key.decoding, &validation).map_err(|_| AccessTokenError)?.claims;
        let (now, leeway) = (now.timestamp(), settings.leeway.num_seconds().clamp(0, 60));
        let in_time = claims.exp.saturating_add(leeway) > now
            && claims.nbf.saturating_sub(leeway) <= now
            && claims.iat.saturating_sub(leeway) <= now;
        if in_time { Ok(claims) } else { Err(AccessTokenError) }
    }

    /// A crypto back end that is missing or doubled fails at first use: use it now.
    fn self_test(&self, material: &[JwtKeyMaterial]) -> Result<(), KeyError> {
        let settings = TokenSettings::default();
        let now = DateTime::UNIX_EPOCH;
        let claims = AccessClaims {
            iss: settings.issuer.clone(),
            aud: settings.audience.clone(),
            sub: Uuid::nil(),
            sid: Uuid::nil(),
            epoch: 0,
            iat: 0,
            nbf: 0,
            exp: 1,
            jti: Uuid::nil(),
        };
        for (index, given) in material.iter().enumerate() {
            let fault = |reason: String| KeyError::new(format!("auth.jwt_keys[{index}].secret"), reason);
            let token = self.sign_with(&given.kid, &claims).map_err(|error| fault(format!("cannot sign: {error}")))?;
            let read = self.verify(&token, &settings, now).map_err(|_| fault("cannot verify what it signed".into()))?;
            if read != claims {
                return Err(fault("does not give back what it signed".into()));
            }
        }
        Ok(())
    }
}

fn read(given: &JwtKeyMaterial, name: &str) -> Result<(JwtKey, Option<Jwk>), KeyError> {
    let pem = given.secret.expose().as_bytes();
    let bad = |error: jsonwebtoken::errors::Error| {
        KeyError::new(name, format!("is not a PKCS#8 PEM key for {}: {error}", given.algorithm.as_str()))
    };
    let (algorithm, encoding) = match given.algorithm {
        JwtAlgorithm::EdDsa => (Algorithm::EdDSA, EncodingKey::from_ed_pem(pem).map_err(bad)?),
        JwtAlgorithm::Es256 => (Algorithm::ES256, EncodingKey::from_ec_pem(pem).map_err(bad)?),
        JwtAlgorithm::Hs256 => {
            let secret = long_enough(name, &given.secret, 32)?;
            let secret = secret.expose();
            let key = JwtKey {
                algorithm: Algorithm::HS256,
                encoding: EncodingKey::from_secret(secret),
                decoding: DecodingKey::from_secret(secret),
            };
            return Ok((key, None));
        }
    };
    let mut jwk = Jwk::from_encoding_key(&encoding, algorithm).map_err(bad)?;
    jwk.common.key_id = Some(given.kid.clone());
    jwk.common.public_key_use = Some(jsonwebtoken::jwk::PublicKeyUse::Signature);
    let decoding = DecodingKey::from_jwk(&jwk).map_err(bad)?;
    Ok((JwtKey { algorithm, encoding, decoding }, Some(jwk)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{KeyMaterial, Keys};
    use crate::rng::Rng;
    use domain::secret::Secret;

    const NOW: i64 = 1_800_000_000;

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(NOW, 0).expect("in range")
    }

    fn claims() -> AccessClaims {
        let settings = TokenSettings::default();
        AccessClaims {
            iss: settings.issuer,
            aud: settings.audience,
            sub: Uuid::from_u128(1),
            sid: Uuid::from_u128(2),
            epoch: 3,
            iat: NOW,
            nbf: NOW,
            exp: NOW + 600,
            jti: Uuid::from_u128(4),
        }
    }

    fn keys(seed: u64) -> Keys {
        Keys::new(&KeyMaterial::generate(&Rng::seeded(seed))).expect("good keys")
    }

    fn is_good(keys: &Keys, claims: &AccessClaims) -> bool {
        let token = keys.jwt.sign(claims).expect("signs");
        keys.jwt.verify(&token, &TokenSettings::default(), now()).is_ok()
    }

    #[test]
    fn every_claim_is_checked() {
        let keys = keys(1);
        assert!(is_good(&keys, &claims()));
        assert!(!is_good(&keys, &AccessClaims { iss: "http://elsewhere".into(), ..claims() }));
        assert!(!is_good(&keys, &AccessClaims { aud: "other".into(), ..claims() }));
        assert!(!is_good(&keys, &AccessClaims { exp: NOW - 31, ..claims() }));
        assert!(is_good(&keys, &AccessClaims { exp: NOW - 29, ..claims() }));
        assert!(!is_good(&keys, &AccessClaims { nbf: NOW + 31, ..claims() }));
        assert!(!is_good(&keys, &AccessClaims { iat: NOW + 31, ..claims() }));
    }

    #[test]
    fn a_token_of_another_key_set_is_refused() {
        let token = keys(1).jwt.sign(&claims()).expect("signs");
        assert!(keys(2).jwt.verify(&token, &TokenSettings::default(), now()).is_err());
    }

    #[test]
    fn algorithm_type_and_kid_cannot_be_chosen_by_the_caller() {
        let material = KeyMaterial::generate(&Rng::seeded(1));
        let keys = Keys::new(&material).expect("good keys");
        let kid = material.jwt[0].kid.clone();
        let public = serde_json::to_string(keys.jwt.jwks()).expect("json");
        let forged = |header: Header, key: &EncodingKey| {
            let token = encode(&header, &claims(), key).expect("signs");
            keys.jwt.verify(&token, &TokenSettings::default(), now()).is_ok()
        };
        let hs256 = Header { typ: Some(TYPE.into()), kid: Some(kid.clone()), ..Header::new(Algorithm::HS256) };
        assert!(!forged(hs256, &EncodingKey::from_secret(public.as_bytes())), "the public key is not an HMAC secret");
        let own = EncodingKey::from_ed_pem(material.jwt[0].secret.expose().as_bytes()).expect("pem");
        let header =
            |typ: Option<&str>, kid: Option<String>| Header { typ: typ.map(Into::into), kid, ..Header::new(Algorithm::EdDSA) };
        assert!(forged(header(Some(TYPE), Some(kid.clone())), &own));
        assert!(!forged(header(Some("JWT"), Some(kid.clone())), &own));
        assert!(!forged(header(None, Some(kid)), &own));
        assert!(!forged(header(Some(TYPE), Some("other".into())), &own));
        assert!(!forged(header(Some(TYPE), None), &own));
    }

    #[test]
    fn an_older_key_still_verifies_and_both_are_listed() {
        let (old, new) = (KeyMaterial::generate(&Rng::seeded(1)), KeyMaterial::generate(&Rng::seeded(2)));
        let token = Keys::new(&old).expect("good").jwt.sign(&claims()).expect("signs");
        let both = KeyMaterial { jwt: [new.jwt.clone(), old.jwt].concat(), ..new };
        let keys = Keys::new(&both).expect("good");
        assert!(keys.jwt.verify(&token, &TokenSettings::default(), now()).is_ok());
        assert_eq!(keys.jwt.jwks()["keys"].as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn a_hs256_secret_is_in_no_key_set() {
        let mut material = KeyMaterial::generate(&Rng::seeded(1));
        let secret = Secret::new("0123456789abcdef0123456789ABCDEF".to_owned());
        material.jwt[0] = JwtKeyMaterial { kid: "h".into(), algorithm: JwtAlgorithm::Hs256, secret };
        let keys = Keys::new(&material).expect("32 bytes are enough");
        assert!(is_good(&keys, &claims()));
        assert_eq!(keys.jwt.jwks()["keys"].as_array().map(Vec::len), Some(0));
    }
}
