//! Granting a role from the command line: the only way to a first admin (security.md §1 rule 15).

use domain::role::Role;
use domain::user::User;
use serde_json::{Value, json};
use store::{Tx, audit, role_grants, users};

use crate::{Error, Usecases};

impl Usecases {
    /// Grants a role to a person who has proved their phone.
    ///
    /// # Errors
    /// `InvalidPhone`, `NotFound`, `Conflict` (the phone is not claimed yet: a role for it would be an offer, and offers die at the
    /// claim), `Forbidden` (an account of testers), `Unavailable`.
    pub async fn grant_role(&self, phone: &str, role: Role) -> Result<User, Error> {
        let phone = self.read_phone(phone)?;
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let user = users::find_by_phone(&mut tx, &phone).await?.ok_or(Error::NotFound)?;
        if user.is_unclaimed() {
            return Err(Error::Conflict);
        }
        if user.is_sandbox {
            return Err(Error::Forbidden);
        }
        role_grants::insert(&mut tx, user.id, role, now).await?;
        self.audit_operator(&mut tx, &user, "role_granted", json!({ "role": role })).await?;
        let user = users::find(&mut tx, user.id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        Ok(user)
    }

    /// Writes an audit entry for something an operator did from the command line.
    pub(crate) async fn audit_operator(
        &self,
        tx: &mut Tx,
        user: &User,
        action: &'static str,
        detail: Value,
    ) -> Result<(), Error> {
        let entry = self.entry_by("operator", action, Some(user.id), detail);
        tx.run(audit::insert(&entry)).await?;
        Ok(())
    }
}
