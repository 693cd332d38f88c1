//! What a passkey says, judged: the only place that knows webauthn-rs. Everything of WebAuthn that others keep for it is JSON.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::error::{FieldError, ValidationError};
use domain::ids::UserId;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use store::passkeys::Stored;
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential, RegisterPublicKeyCredential, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

use crate::Error;
use crate::settings::Site;

/// What people see when their device asks them for a passkey.
const NAME: &str = "Salon";

pub(super) struct RelyingParty(Webauthn);

/// The two halves of what begins.
pub(super) struct Begun {
    /// For the browser.
    pub(super) options: Value,
    /// For us.
    pub(super) state: String,
}

/// A passkey as it was made.
pub(super) struct Made {
    pub(super) credential_id: Vec<u8>,
    pub(super) credential: String,
}

/// What a browser says of a passkey that is shown. Not judged yet.
pub(super) struct Assertion(PublicKeyCredential);

impl Assertion {
    /// # Errors
    /// `Validation`: it is nothing of the kind.
    pub(super) fn read(credential: Value) -> Result<Self, Error> {
        read(credential).map(Self)
    }

    /// Which passkey it claims to be.
    pub(super) fn credential_id(&self) -> &[u8] {
        &self.0.raw_id
    }

    /// Whether it names this person as the one whose it is. A passkey of which somebody signs in has to; where it is known who they
    /// are, it may leave it out.
    pub(super) fn is_of(&self, user: UserId, must_say: bool) -> bool {
        let said = self.0.response.user_handle.as_deref();
        said.map_or(!must_say, |said| said == user.0.as_bytes())
    }
}

impl RelyingParty {
    pub(super) fn new(site: &Site) -> Result<Self, Error> {
        let builder = WebauthnBuilder::new(&site.id, &site.origin).map_err(Error::internal)?;
        builder.rp_name(NAME).build().map(Self).map_err(Error::internal)
    }

    /// A passkey for this person that is none of those they have. It has to be one that says itself whose it is, and that makes sure of
    /// its owner each time (by a finger, a face or a PIN).
    pub(super) fn begin_add(&self, user: UserId, account: &str, called: &str, held: &[Stored]) -> Result<Begun, Error> {
        let held = held.iter().map(|stored| stored.credential_id.clone()).collect();
        let (mut asked, state) =
            self.0.start_passkey_registration(user.0, account, called, Some(held)).map_err(Error::internal)?;
        let selection = asked.public_key.authenticator_selection.as_mut();
        let selection = selection.ok_or_else(|| Error::internal("a registration without a choice of authenticators"))?;
        selection.require_resident_key = true;
        let mut options = plain(&asked.public_key)?;
        // The words of webauthn-rs for it are for authenticators that may keep nothing.
        options["authenticatorSelection"]["residentKey"] = "required".into();
        Ok(Begun { options, state: text(&state)? })
    }

    /// # Errors
    /// `Validation`, `PasskeyRefused`, `Internal`.
    pub(super) fn finish_add(&self, state: &str, credential: Value) -> Result<Made, Error> {
        let credential: RegisterPublicKeyCredential = read(credential)?;
        let state: PasskeyRegistration = kept(state)?;
        let passkey = self.0.finish_passkey_registration(&credential, &state).map_err(|error| refused(&error))?;
        Ok(Made { credential_id: passkey.cred_id().clone(), credential: text(&passkey)? })
    }

    /// Any passkey of ours, or one of `allowed`.
    pub(super) fn begin_show(&self, allowed: &[Stored]) -> Result<Begun, Error> {
        let (mut asked, state) = self.0.start_discoverable_authentication().map_err(Error::internal)?;
        asked.public_key.extensions = None;
        let mut options = plain(&asked.public_key)?;
        options["allowCredentials"] = allowed.iter().map(descriptor).collect();
        Ok(Begun { options, state: text(&state)? })
    }

    /// What is known of the passkey from now on.
    ///
    /// # Errors
    /// `PasskeyRefused`, `Internal`.
    pub(super) fn finish_show(&self, state: &str, Assertion(shown): &Assertion, credential: &str) -> Result<String, Error> {
        let state: DiscoverableAuthentication = kept(state)?;
        let mut passkey: Passkey = kept(credential)?;
        let right = self.0.finish_discoverable_authentication_v2(shown, state, &passkey).map_err(|error| refused(&error))?;
        match passkey.update_credential(&right) {
            Some(true) => text(&passkey),
            _ => Ok(credential.to_owned()),
        }
    }
}

fn descriptor(stored: &Stored) -> Value {
    json!({ "type": "public-key", "id": URL_SAFE_NO_PAD.encode(&stored.credential_id) })
}

/// Why is for the log: no caller learns it.
fn refused(error: &WebauthnError) -> Error {
    tracing::debug!(%error, "a passkey was refused");
    Error::PasskeyRefused
}

fn read<T: DeserializeOwned>(credential: Value) -> Result<T, Error> {
    let invalid = |_| Error::Validation(vec![ValidationError::new("/credential", FieldError::Invalid)]);
    serde_json::from_value(credential).map_err(invalid)
}

fn plain(value: &impl Serialize) -> Result<Value, Error> {
    serde_json::to_value(value).map_err(Error::internal)
}

fn text(value: &impl Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(Error::internal)
}

/// What we wrote ourselves.
fn kept<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(Error::internal)
}
