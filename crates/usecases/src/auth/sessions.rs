//! The list of a person's own sessions, and ending them.

use domain::ids::SessionId;
use domain::session::{EndReason, Session};
use serde_json::json;
use store::sessions;

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

    /// Ends one of the actor's sessions.
    ///
    /// # Errors
    /// `NotFound` when it is not theirs or already over, `Unavailable`.
    pub async fn end_session(&self, actor: &Actor, id: SessionId) -> Result<(), Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        if !sessions::update_ended(&mut tx, id, actor.user.id, EndReason::Revoked, now).await? {
            return Err(Error::NotFound);
        }
        self.audit_self(&mut tx, actor, "session_ended", json!({ "session_id": id })).await?;
        Ok(tx.commit().await?)
    }

    /// Ends all of the actor's sessions but the current one. Returns how many.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn end_other_sessions(&self, actor: &Actor) -> Result<u64, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let ended =
            sessions::update_ended_others(&mut tx, actor.user.id, Some(actor.session.id), EndReason::Revoked, now).await?;
        self.audit_self(&mut tx, actor, "other_sessions_ended", json!({ "count": ended })).await?;
        tx.commit().await?;
        Ok(ended)
    }
}
