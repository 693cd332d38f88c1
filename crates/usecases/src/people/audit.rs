//! The record of what admins do to people.

use domain::ids::UserId;
use serde_json::Value;
use store::Tx;
use store::audit::{self, NewAudit};

use crate::{Actor, Error, Usecases};

impl Usecases {
    /// Writes an audit entry for what an admin did to somebody: from which session, and under the admin's id. Whoever shows it to the
    /// person says "staff" instead ([`super::doer`]).
    pub(crate) async fn audit_admin(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        action: &'static str,
        subject: Option<UserId>,
        detail: Value,
    ) -> Result<(), Error> {
        tx.run(audit::insert(&self.entry_of_admin(actor, action, subject, detail))).await?;
        Ok(())
    }

    /// The same, not yet written.
    pub(crate) fn entry_of_admin(&self, actor: &Actor, action: &'static str, subject: Option<UserId>, detail: Value) -> NewAudit {
        NewAudit { session: Some(actor.session.id), ..self.entry_by(&actor.user.id.to_string(), action, subject, detail) }
    }
}
