//! Adding a passkey.

use chrono::TimeDelta;
use domain::ids::{CeremonyId, PasskeyId};
use domain::locale::Locale;
use domain::notice::NoticeKind;
use domain::passkey::{CEREMONY_LIFE, HELD_AT_MOST, Passkey, passkey_name};
use domain::person::{Audience, display_name};
use domain::recovery_code::RecoveryCode;
use serde_json::{Value, json};
use store::passkey_ceremonies::{self, Kind};
use store::passkeys::{self, Stored};
use store::sessions;

use super::ceremony::Ceremony;
use crate::{Actor, Error, Usecases};

/// What a browser made, and what its owner calls it.
#[derive(Clone, Debug)]
pub struct AddPasskey {
    /// Which ceremony it ends.
    pub ceremony: CeremonyId,
    /// The credential of WebAuthn, as JSON.
    pub credential: Value,
    /// What its owner calls it. What is fit to be shown of it is kept.
    pub name: String,
}

/// A passkey was added.
#[derive(Clone, Debug)]
pub struct PasskeyAdded {
    /// The passkey.
    pub passkey: Passkey,
    /// To be shown this once, when it is the person's first factor.
    pub recovery_codes: Vec<RecoveryCode>,
}

impl Usecases {
    /// Begins to add a passkey in this session.
    ///
    /// # Errors
    /// Those of [`Usecases::begin_enrolment`], `Conflict` (so many are enough), `NotFound` (there can be none at this address).
    pub async fn begin_passkey(&self, actor: &Actor) -> Result<Ceremony, Error> {
        let party = self.relying_party()?;
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        self.require_may_enrol(&mut tx, actor, now, TimeDelta::zero()).await?;
        let held = passkeys::list(&mut tx, actor.user.id).await?;
        if held.len() >= HELD_AT_MOST {
            return Err(Error::Conflict);
        }
        let account = actor.user.phone.as_ref().ok_or(Error::SessionEnded)?.as_e164();
        let short_id = actor.user.id.short();
        let called = display_name(&actor.user.as_person(&short_id), Audience::SelfView, Locale::En).text;
        let begun = party.begin_add(actor.user.id, account, &called, &held)?;
        let ceremony = self.begin_in_session(&mut tx, actor, Kind::Add(actor.session.id), begun, now).await?;
        tx.commit().await?;
        Ok(ceremony)
    }

    /// Adds it, which also shows the second factor in this session: its owner was there. With a person's first factor come recovery
    /// codes, of which only hashes are kept.
    ///
    /// # Errors
    /// Those of [`Usecases::begin_passkey`], `Validation`, `PasskeyRefused`.
    pub async fn add_passkey(&self, actor: &Actor, input: AddPasskey) -> Result<PasskeyAdded, Error> {
        let party = self.relying_party()?;
        let (user, session, now) = (actor.user.id, actor.session.id, self.parts.clock.now());
        let mut tx = self.parts.store.write().await?;
        let held = self.require_may_enrol(&mut tx, actor, now, CEREMONY_LIFE).await?;
        let state = passkey_ceremonies::find(&mut tx, input.ceremony, Kind::Add(session), now).await?;
        let state = state.ok_or(Error::PasskeyRefused)?;
        // Right or wrong, it is used up.
        if !tx.run(passkey_ceremonies::delete(input.ceremony)).await? {
            return Err(Error::PasskeyRefused);
        }
        let made = match party.finish_add(&state, input.credential) {
            Ok(made) => made,
            Err(error) => {
                tx.commit().await?;
                return Err(error);
            }
        };
        if usize::try_from(held.passkeys).is_ok_and(|held| held >= HELD_AT_MOST) {
            return Err(Error::Conflict);
        }
        let passkey = Passkey {
            id: self.parts.rng.id_v7::<PasskeyId>(now),
            name: passkey_name(&input.name).unwrap_or_else(|| actor.user.id.short()),
            created_at: now,
            last_used_at: None,
        };
        let stored = Stored { passkey, credential: made.credential, credential_id: made.credential_id };
        if !tx.run(passkeys::insert(user, &stored)).await? {
            return Err(Error::PasskeyRefused);
        }
        tx.run(sessions::update_second_factor(session, now)).await?;
        let recovery_codes = if held.is_any() { Vec::new() } else { self.replace_recovery_codes(&mut tx, user, now).await? };
        let detail = json!({ "passkey_id": stored.passkey.id });
        self.audit_self(&mut tx, actor, NoticeKind::PasskeyAdded.as_str(), detail).await?;
        tx.commit().await?;
        Ok(PasskeyAdded { passkey: stored.passkey, recovery_codes })
    }
}
