//! Showing a passkey as the second factor. Nothing is counted: what is signed cannot be guessed.

use chrono::{DateTime, Utc};
use domain::ids::CeremonyId;
use serde_json::{Value, json};
use store::passkey_ceremonies::{self, Kind};
use store::passkeys::Shown;
use store::{Applied, audit, passkeys, sessions};

use super::ceremony::Ceremony;
use super::relying_party::Assertion;
use crate::{Actor, Error, Usecases};

/// How the record names it.
const KIND: &str = "passkey";

impl Usecases {
    /// Begins to show one of the actor's passkeys in this session.
    ///
    /// # Errors
    /// `NotFound` (they have none), `Unavailable`.
    pub async fn begin_passkey_show(&self, actor: &Actor) -> Result<Ceremony, Error> {
        let party = self.relying_party()?;
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let held = passkeys::list(&mut tx, actor.user.id).await?;
        if held.is_empty() {
            return Err(Error::NotFound);
        }
        let begun = party.begin_show(&held)?;
        let ceremony = self.begin_in_session(&mut tx, actor, Kind::Show(actor.session.id), begun, now).await?;
        tx.commit().await?;
        Ok(ceremony)
    }

    /// Shows it: from now on this session has shown the second factor, as with what an authenticator app shows.
    ///
    /// # Errors
    /// `Validation`, `PasskeyRefused`, `SessionEnded`, `Unavailable`.
    pub async fn show_passkey(&self, actor: &Actor, id: CeremonyId, credential: Value) -> Result<(), Error> {
        let (shown, now) = (Assertion::read(credential)?, self.parts.clock.now());
        let Some((found, after)) = self.judge_shown(actor, id, &shown, now).await? else {
            return self.refuse_shown(actor, id).await;
        };
        let stored = &found.stored;
        let entry = self.entry_of(actor, "second_factor_shown", json!({ "kind": KIND }));
        let batch = vec![
            passkey_ceremonies::delete(id),
            passkeys::update_used(stored.passkey.id, &stored.credential, &after, now),
            sessions::update_second_factor(actor.session.id, now),
            audit::insert(&entry),
        ];
        match self.parts.store.apply(batch).await? {
            Applied::All(_) => Ok(()),
            Applied::Stopped(2) => Err(Error::SessionEnded),
            Applied::Stopped(_) => self.refuse_shown(actor, id).await,
        }
    }

    /// The passkey and what is known of it from now on; `None` when it is not one of the actor's, shown rightly and in time.
    async fn judge_shown(
        &self,
        actor: &Actor,
        id: CeremonyId,
        shown: &Assertion,
        now: DateTime<Utc>,
    ) -> Result<Option<(Shown, String)>, Error> {
        let (state, found) = {
            let mut tx = self.parts.store.read().await?;
            let state = passkey_ceremonies::find(&mut tx, id, Kind::Show(actor.session.id), now).await?;
            (state, passkeys::find_shown(&mut tx, shown.credential_id()).await?)
        };
        let (owner, may_be) = (actor.user.id, |found: &Shown| found.owner.id == actor.user.id);
        let Some((state, found)) = state.zip(found.filter(may_be)) else { return Ok(None) };
        if !shown.is_of(owner, false) {
            return Ok(None);
        }
        match self.relying_party()?.finish_show(&state, shown, &found.stored.credential) {
            Ok(after) => Ok(Some((found, after))),
            Err(Error::PasskeyRefused) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Uses the ceremony up, if it is one of this session's, and writes down that it was in vain.
    async fn refuse_shown(&self, actor: &Actor, id: CeremonyId) -> Result<(), Error> {
        let entry = self.entry_of(actor, "second_factor_refused", json!({ "kind": KIND }));
        let mut tx = self.parts.store.write().await?;
        tx.run(passkey_ceremonies::delete_of_session(actor.session.id)).await?;
        tx.run(audit::insert(&entry)).await?;
        tx.commit().await?;
        tracing::debug!(ceremony = %id, "a passkey was shown in vain");
        Err(Error::PasskeyRefused)
    }
}
