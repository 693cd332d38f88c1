//! Erasure of a person by an admin: to answer somebody who cannot sign in and do it themselves.

use domain::error::{FieldError, ValidationError};
use domain::ids::{ShortId, UserId};
use domain::permission::Permission;
use domain::user::{User, UserStatus};
use serde_json::json;
use store::users;

use crate::{Admin, Error, Usecases};

impl Usecases {
    /// Who would be erased, for the page that asks once more.
    ///
    /// # Errors
    /// `Forbidden`, `StepUpRequired`, `NotFound`, `Conflict` (see [`Usecases::erase_person`]), `Unavailable`.
    pub async fn find_erasable(&self, admin: &Admin, id: UserId) -> Result<User, Error> {
        let actor = admin.require(Permission::PeopleErase)?;
        actor.require_step_up(self.parts.clock.now(), self.parts.settings.second_factor.step_up_within)?;
        let user = users::find(&mut self.parts.store.read().await?, id).await?.ok_or(Error::NotFound)?;
        if user.id == actor.user.id || is_out_of_reach(&user) { Err(Error::Conflict) } else { Ok(user) }
    }

    /// Erases a person as they could themselves. `typed` is their short id, as a hand that means it types it.
    ///
    /// # Errors
    /// `Forbidden`, `StepUpRequired`, `NotFound`, `Validation` (another short id), `Conflict` (oneself: the own account has a page for
    /// it; somebody with roles, which have to be taken away first; somebody erased already), `Unavailable`.
    pub async fn erase_person(&self, admin: &Admin, id: UserId, typed: &str) -> Result<(), Error> {
        let actor = admin.require(Permission::PeopleErase)?;
        let now = self.parts.clock.now();
        actor.require_step_up(now, self.parts.settings.second_factor.step_up_within)?;
        let mut tx = self.parts.store.write().await?;
        let user = users::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if user.id == actor.user.id || is_out_of_reach(&user) {
            return Err(Error::Conflict);
        }
        if ShortId::parse(typed.trim()).is_none_or(|typed| typed.to_string() != id.short()) {
            return Err(Error::Validation(vec![ValidationError::new("/confirm", FieldError::Invalid)]));
        }
        if !self.erase_and_remember(&mut tx, &user, now).await? {
            return Err(Error::Conflict);
        }
        self.audit_admin(&mut tx, actor, "erased", Some(id), json!({})).await?;
        Ok(tx.commit().await?)
    }
}

/// Whoever has a role has to lose it first, so that nobody can be rid of another admin, or the last one, in one step.
fn is_out_of_reach(user: &User) -> bool {
    user.status == UserStatus::Erased || !user.roles.is_empty()
}
