//! The passkeys somebody has, and giving one up.

use domain::error::{FieldError, ValidationError};
use domain::ids::PasskeyId;
use domain::notice::NoticeKind;
use domain::passkey::{Passkey, passkey_name};
use serde_json::json;
use store::{passkeys, second_factors, users};

use crate::{Actor, Error, Usecases};

impl Usecases {
    /// The actor's passkeys, oldest first.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn list_passkeys(&self, actor: &Actor) -> Result<Vec<Passkey>, Error> {
        let listed = passkeys::list(&mut self.parts.store.read().await?, actor.user.id).await?;
        Ok(listed.into_iter().map(|stored| stored.passkey).collect())
    }

    /// The actor calls a passkey something else. Nobody gains anything by it: a session is enough, and the record does not have it.
    ///
    /// # Errors
    /// `Validation` (nothing of the name is left), `NotFound`, `Unavailable`.
    pub async fn rename_passkey(&self, actor: &Actor, id: PasskeyId, name: &str) -> Result<Passkey, Error> {
        let required = || Error::Validation(vec![ValidationError::new("/name", FieldError::Required)]);
        let name = passkey_name(name).ok_or_else(required)?;
        let mut tx = self.parts.store.write().await?;
        tx.run(passkeys::update_name(id, actor.user.id, &name)).await?;
        let renamed = passkeys::list(&mut tx, actor.user.id).await?.into_iter().find(|stored| stored.passkey.id == id);
        let renamed = renamed.ok_or(Error::NotFound)?;
        tx.commit().await?;
        Ok(renamed.passkey)
    }

    /// The actor gives a passkey up: it opens and shows nothing from now on, and what other sessions showed has to be shown again.
    ///
    /// # Errors
    /// `SecondFactorRequired`, `StepUpRequired`, `NotFound`, `Unavailable`.
    pub async fn remove_passkey(&self, actor: &Actor, id: PasskeyId) -> Result<(), Error> {
        self.require_step_up(actor)?;
        let mut tx = self.parts.store.write().await?;
        users::lock(&mut tx, actor.user.id).await?.ok_or(Error::SessionEnded)?;
        if !tx.run(passkeys::delete(id, actor.user.id)).await? {
            return Err(Error::NotFound);
        }
        let left = second_factors::find_held(&mut tx, actor.user.id).await?;
        self.forget_shown(&mut tx, actor, left.is_any()).await?;
        self.audit_self(&mut tx, actor, NoticeKind::PasskeyRemoved.as_str(), json!({ "passkey_id": id })).await?;
        Ok(tx.commit().await?)
    }
}
