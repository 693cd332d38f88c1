//! Signing out.

use domain::session::EndReason;
use serde_json::json;
use store::sessions;

use crate::{Actor, Error, Usecases};

impl Usecases {
    /// Ends the actor's session; its refresh family and access tokens are dead at once.
    ///
    /// # Errors
    /// `Unavailable`. Signing out twice is no error.
    pub async fn logout(&self, actor: &Actor) -> Result<(), Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        sessions::update_ended(&mut tx, actor.session.id, actor.user.id, EndReason::Logout, now).await?;
        self.audit_self(&mut tx, actor, "signed_out", json!({})).await?;
        Ok(tx.commit().await?)
    }
}
