//! Keys as the configuration gives them.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::secret::Secret;
use serde::{Deserialize, Serialize};

use crate::rng::Rng;

/// `PrivateKeyInfo` of an Ed25519 key up to its 32-byte seed (RFC 8410 §7).
const ED25519_PKCS8_PREFIX: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// All configured secrets.
#[derive(Clone, Debug)]
pub struct KeyMaterial {
    /// The first signs; all verify.
    pub jwt: Vec<JwtKeyMaterial>,
    /// The first derives new codes; all derive codes asked for under them.
    pub otp: Vec<OtpKeyMaterial>,
    /// Keys limits and refresh tokens.
    pub pepper: Secret<String>,
    /// Keys cookies and device tokens.
    pub cookie_secret: Secret<String>,
}

/// A key for access tokens.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JwtKeyMaterial {
    /// Its id in the token header.
    pub kid: String,
    /// What it is for.
    pub algorithm: JwtAlgorithm,
    /// PKCS#8 PEM, or for HS256 the secret itself.
    pub secret: Secret<String>,
}

/// Signature algorithms on offer. There is no `none` and no RSA.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum JwtAlgorithm {
    /// Ed25519.
    #[serde(rename = "EdDSA")]
    EdDsa,
    /// ECDSA on P-256.
    #[serde(rename = "ES256")]
    Es256,
    /// HMAC with a secret of 32 bytes or more; only for those who cannot do otherwise.
    #[serde(rename = "HS256")]
    Hs256,
}

impl JwtAlgorithm {
    /// The name in the token header.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EdDsa => "EdDSA",
            Self::Es256 => "ES256",
            Self::Hs256 => "HS256",
        }
    }
}

/// A key codes are derived with.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtpKeyMaterial {
    /// Its id, kept with each challenge.
    pub kid: String,
    /// 32 bytes or more.
    pub secret: Secret<String>,
}

impl KeyMaterial {
    /// A fresh set: an Ed25519 key and 256-bit secrets.
    pub fn generate(rng: &Rng) -> Self {
        let secret = || Secret::new(URL_SAFE_NO_PAD.encode(rng.bytes::<32>()));
        let kid = || URL_SAFE_NO_PAD.encode(rng.bytes::<6>());
        Self {
            jwt: vec![JwtKeyMaterial { kid: kid(), algorithm: JwtAlgorithm::EdDsa, secret: Secret::new(ed25519_pem(rng)) }],
            otp: vec![OtpKeyMaterial { kid: kid(), secret: secret() }],
            pepper: secret(),
            cookie_secret: secret(),
        }
    }
}

fn ed25519_pem(rng: &Rng) -> String {
    let mut der = ED25519_PKCS8_PREFIX.to_vec();
    der.extend(rng.bytes::<32>());
    format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(der))
}
