//! The list of a person's own sessions, and ending them.

use domain::ids::SessionId;
use domain::session::{EndReason, Session};
use serde_json::json;
use store::{Applied, audit, devices, sessions};

use crate::{Actor, Error, Usecases};

impl Usecases {
    /// The actor's living sessions, last used first. The current one is `actor.session`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn list_sessions(&self, actor: &Actor) -> Result<Vec<Session>, Error> {
        let now = self.parts.clock.now();
        Ok(sessions::list_alive(&mut self.parts.store.read().await?, actor.user.id, now).await?)
    }

    /// Ends one of the actor's sessions. Its device is not known any more, unless it is the one the actor is on.
    ///
    /// # Errors
    /// `NotFound` when it is not theirs or already over, `Unavailable`.
    pub async fn end_session(&self, actor: &Actor, id: SessionId) -> Result<(), Error> {
        let now = self.parts.clock.now();
        let entry = self.entry_of(actor, "session_ended", json!({ "session_id": id }));
        let end = sessions::update_ended(id, actor.user.id, EndReason::Revoked, now).guarded();
        let forget = devices::update_revoked_with(id, actor.user.id, actor.session.device_id, now);
        match self.parts.store.apply(vec![end, forget, audit::insert(&entry)]).await? {
            Applied::All(_) => Ok(()),
            Applied::Stopped(_) => Err(Error::NotFound),
        }
    }

    /// Ends all of the actor's sessions but the current one; no device is known any more but the current one. Returns how many.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn end_other_sessions(&self, actor: &Actor) -> Result<u64, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let end = sessions::update_ended_others(actor.user.id, Some(actor.session.id), EndReason::Revoked, now);
        let ended = tx.count(end).await?;
        tx.run(devices::update_revoked_others(actor.user.id, actor.session.device_id, now)).await?;
        self.audit_self(&mut tx, actor, "other_sessions_ended", json!({ "count": ended })).await?;
        tx.commit().await?;
        Ok(ended)
    }
}
