//! Signing in with a passkey: it says itself whose it is. It proves more than a code does, a thing and its owner (by a finger, a face or
//! a PIN), and so it is also the way back in for somebody whose sign-in by text is off (contract §2).

use chrono::{DateTime, Utc};
use domain::ids::CeremonyId;
use domain::keys::LimitKey;
use domain::limits::{QuotaExceeded, Standing};
use domain::phone::PhoneNumber;
use domain::session::SessionKind;
use domain::user::{User, UserStatus};
use domain::uses::Use;
use serde_json::Value;
use store::devices::Known;
use store::passkey_ceremonies::{self, Kind};
use store::passkeys::Shown;
use store::{Applied, devices, guesses, limit_keys, passkeys, users};

use super::ceremony::{Ceremony, insert};
use super::relying_party::Assertion;
use crate::auth::devices::Claim;
use crate::auth::sign_in::{Opening, SignedIn};
use crate::{Client, Error, Usecases, metrics};

/// What the caller sends.
#[derive(Clone, Debug)]
pub struct PasskeySignIn {
    /// Which ceremony it ends.
    pub ceremony: CeremonyId,
    /// The credential of WebAuthn, as JSON.
    pub credential: Value,
    /// What the session list calls this device.
    pub device_name: Option<String>,
    /// From an earlier sign-in on this device.
    pub device_token: Option<String>,
    /// Which door.
    pub kind: SessionKind,
}

impl Usecases {
    /// Begins a sign-in with whatever passkey the caller has.
    ///
    /// # Errors
    /// `QuotaExceeded`, `NotFound` (there can be none at this address), `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.begin_passkey_sign_in", skip_all)]
    pub async fn begin_passkey_sign_in(&self, client: &Client) -> Result<Ceremony, Error> {
        let begun = self.relying_party()?.begin_show(&[])?;
        let now = self.parts.clock.now();
        let ceremony = self.new_ceremony(begun.options, now);
        let quota = self.parts.settings.passkeys.begun;
        let key = LimitKey::passkeys_of(self.parts.keys.pepper(), client.address.as_str());
        let one = Use { at: now, tag: u32::from_be_bytes(self.parts.rng.bytes()) };
        let batch = vec![limit_keys::spend(key, [quota; 2], one), insert(&ceremony, Kind::SignIn, &begun.state)];
        if let Applied::All(_) = self.parts.store.apply(batch).await? {
            return Ok(ceremony);
        }
        let uses = limit_keys::find(&mut self.parts.store.read().await?, key).await?;
        let standing = Standing { remaining: 0, ..quota.standing(uses.usage(quota, now), now) };
        let refusal = QuotaExceeded { violated: vec![standing] };
        metrics::refused(&refusal);
        Err(Error::QuotaExceeded(refusal))
    }

    /// Signs in with a passkey, which is the second factor as well. One answer whatever is wrong: not known, not right, not in time, or
    /// an account that nobody may come into.
    ///
    /// # Errors
    /// `Validation`, `PasskeyRefused`, `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.sign_in_with_passkey", skip_all)]
    pub async fn sign_in_with_passkey(&self, input: PasskeySignIn, client: &Client) -> Result<SignedIn, Error> {
        let (shown, now) = (Assertion::read(input.credential)?, self.parts.clock.now());
        let Some(right) = self.judge_sign_in(input.ceremony, &shown, now).await? else {
            return self.refuse_sign_in(input.ceremony).await;
        };
        let Right { found: Shown { stored, owner }, after, phone } = right;
        let device = self.known_device(&owner, &phone, input.device_token.as_deref(), now).await?;
        let opening = Opening {
            user: owner.clone(),
            is_new_user: false,
            phone: &phone,
            device,
            kind: input.kind,
            device_name: input.device_name.as_deref(),
            test: None,
            has_passkey: true,
        };
        let opened = self.open_session(opening, client, now)?;
        let mut batch = vec![
            users::update_seen(owner.id, owner.epoch, now),
            passkey_ceremonies::delete(input.ceremony),
            passkeys::update_used(stored.passkey.id, &stored.credential, &after, now),
            // Whoever it belongs to is here: wrong codes in a row are over.
            guesses::update_rebound(LimitKey::guesses(self.parts.keys.pepper(), &phone)),
        ];
        batch.extend(opened.writes());
        match self.parts.store.apply(batch).await? {
            Applied::All(_) => {
                metrics::session_opened(input.kind, false);
                Ok(opened.signed_in)
            }
            Applied::Stopped(_) => self.refuse_sign_in(input.ceremony).await,
        }
    }

    async fn judge_sign_in(&self, id: CeremonyId, shown: &Assertion, now: DateTime<Utc>) -> Result<Option<Right>, Error> {
        let (state, found) = {
            let mut tx = self.parts.store.read().await?;
            let state = passkey_ceremonies::find(&mut tx, id, Kind::SignIn, now).await?;
            (state, passkeys::find_shown(&mut tx, shown.credential_id()).await?)
        };
        let may_come_in = |found: &Shown| {
            let owner = &found.owner;
            owner.status == UserStatus::Active && owner.is_phone_verified && !owner.is_sandbox && shown.is_of(owner.id, true)
        };
        let Some((state, found)) = state.zip(found.filter(may_come_in)) else { return Ok(None) };
        let Some(phone) = found.owner.phone.clone() else { return Ok(None) };
        match self.relying_party()?.finish_show(&state, shown, &found.stored.credential) {
            Ok(after) => Ok(Some(Right { found, after, phone })),
            Err(Error::PasskeyRefused) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The device that the caller names, if the owner is known by it.
    async fn known_device(
        &self,
        owner: &User,
        phone: &PhoneNumber,
        token: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Option<Known>, Error> {
        let Some(claim) = token.and_then(|token| self.parts.keys.device_claim(token, phone)) else { return Ok(None) };
        let found = devices::find_known(&mut self.parts.store.read().await?, owner.id, claim.id()).await?;
        Ok(Claim::known(Some(claim), found, owner.epoch, now))
    }

    /// Uses the ceremony up.
    async fn refuse_sign_in(&self, id: CeremonyId) -> Result<SignedIn, Error> {
        self.parts.store.apply_one(passkey_ceremonies::delete(id)).await?;
        Err(Error::PasskeyRefused)
    }
}

/// A passkey that opens an account.
struct Right {
    found: Shown,
    after: String,
    phone: PhoneNumber,
}
