//! Signing out.

use domain::session::EndReason;
use serde_json::json;
use store::{audit, sessions};

use crate::{Actor, Error, Usecases};

impl Usecases {
    /// Ends the actor's session; its refresh family and access tokens are dead at once.
    ///
    /// # Errors
    /// `Unavailable`. Signing out twice is no error.
    #[tracing::instrument(level = "debug", name = "usecase.logout", skip_all)]
    pub async fn logout(&self, actor: &Actor) -> Result<(), Error> {
        let now = self.parts.clock.now();
        let entry = self.entry_of(actor, "signed_out", json!({}));
        let end = sessions::update_ended(actor.session.id, actor.user.id, EndReason::Logout, now);
        self.parts.store.apply(vec![end, audit::insert(&entry)]).await?;
        Ok(())
    }
}
