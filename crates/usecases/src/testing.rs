//! An authenticator without a device: makes passkeys and shows them as a phone does, or as it must not. For tests.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{DerSignature, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const USER_PRESENT: u8 = 0x01;
const USER_VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// One passkey and what holds it.
#[derive(Clone, Debug)]
pub struct SoftAuthenticator {
    /// The site that its browser is at.
    pub origin: String,
    /// How often it was used, as far as it counts; 0 is one that does not.
    pub counter: u32,
    /// Whether it makes sure of its owner each time.
    pub verifies: bool,
    /// Whose it says it is.
    pub user_handle: String,
    key: SigningKey,
    credential_id: [u8; 16],
}

impl SoftAuthenticator {
    /// Another one for each `number` that is not zero.
    ///
    /// # Panics
    /// When `number` is zero.
    pub fn new(number: u8, origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            counter: 0,
            verifies: true,
            user_handle: String::new(),
            key: SigningKey::from_slice(&[number; 32]).expect("a number that is a key"),
            credential_id: [number; 16],
        }
    }

    /// Makes the passkey: the credential as a browser gives it to the page.
    ///
    /// # Panics
    /// When `options` are none for making one.
    pub fn make(&mut self, options: &Value) -> Value {
        text(&options["user"]["id"]).clone_into(&mut self.user_handle);
        let point = self.key.verifying_key().to_sec1_point(false);
        let (x, y) = (point.x().expect("a point"), point.y().expect("a point"));
        let mut data = self.data(text(&options["rp"]["id"]), ATTESTED);
        data.extend([0; 16]);
        data.extend([0, 16]);
        data.extend(self.credential_id);
        // COSE: an EC2 key for ES256 on P-256.
        data.extend([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20]);
        data.extend(x.as_slice());
        data.extend([0x22, 0x58, 0x20]);
        data.extend(y.as_slice());
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        object.push(u8::try_from(data.len()).expect("a short one"));
        object.extend(data);
        self.credential(&json!({
            "clientDataJSON": encoded(self.client_data("webauthn.create", options).as_bytes()),
            "attestationObject": encoded(&object),
        }))
    }

    /// Shows the passkey, and counts if it does.
    ///
    /// # Panics
    /// When `options` are none for showing one.
    pub fn show(&mut self, options: &Value) -> Value {
        if self.counter > 0 {
            self.counter += 1;
        }
        let client_data = self.client_data("webauthn.get", options);
        let data = self.data(text(&options["rpId"]), 0);
        let signed = [data.as_slice(), &Sha256::digest(client_data.as_bytes())].concat();
        let signature: DerSignature = self.key.sign(&signed);
        self.credential(&json!({
            "clientDataJSON": encoded(client_data.as_bytes()),
            "authenticatorData": encoded(&data),
            "signature": encoded(signature.as_bytes()),
            "userHandle": self.user_handle,
        }))
    }

    fn data(&self, site: &str, more: u8) -> Vec<u8> {
        let flags = USER_PRESENT | more | if self.verifies { USER_VERIFIED } else { 0 };
        let mut data = Sha256::digest(site.as_bytes()).to_vec();
        data.push(flags);
        data.extend(self.counter.to_be_bytes());
        data
    }

    fn client_data(&self, what: &str, options: &Value) -> String {
        json!({ "type": what, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": false }).to_string()
    }

    fn credential(&self, response: &Value) -> Value {
        let id = encoded(&self.credential_id);
        json!({ "id": id, "rawId": id, "type": "public-key", "response": response, "clientExtensionResults": {} })
    }
}

fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text in the options")
}
