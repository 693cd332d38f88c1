//! What somebody has, and giving it up.

use chrono::{DateTime, Utc};
use domain::user::User;
use serde_json::json;
use store::{second_factors, sessions, users};

use crate::{Actor, Error, Usecases};

/// How somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// Since when they have an authenticator app, if they have one.
    pub since: Option<DateTime<Utc>>,
    /// Recovery codes that are still good.
    pub recovery_codes_left: u32,
    /// When one was shown in this session, if it still holds.
    pub shown_at: Option<DateTime<Utc>>,
}

impl Usecases {
    /// What the actor has, and whether this session was shown it.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn find_second_factor(&self, actor: &Actor) -> Result<SecondFactor, Error> {
        let held = second_factors::find_held(&mut self.parts.store.read().await?, actor.user.id).await?;
        let holds = actor.session.has_second_factor(self.parts.clock.now());
        Ok(SecondFactor {
            since: held.since,
            recovery_codes_left: held.recovery_codes,
            shown_at: actor.session.second_factor_at.filter(|_| holds),
        })
    }

    /// The actor gives the authenticator app and the recovery codes up. From now on no session was shown a second factor.
    ///
    /// # Errors
    /// `SecondFactorRequired`, `StepUpRequired`, `NotFound` (there is none), `Unavailable`.
    pub async fn remove_second_factor(&self, actor: &Actor) -> Result<(), Error> {
        self.require_step_up(actor)?;
        let mut tx = self.parts.store.write().await?;
        users::lock(&mut tx, actor.user.id).await?.ok_or(Error::SessionEnded)?;
        if second_factors::find_confirmed(&mut tx, actor.user.id).await?.is_none() {
            return Err(Error::NotFound);
        }
        second_factors::delete_for_user(&mut tx, actor.user.id).await?;
        tx.run(sessions::update_second_factor_gone(actor.user.id, None)).await?;
        self.audit_self(&mut tx, actor, "second_factor_removed", json!({})).await?;
        Ok(tx.commit().await?)
    }

    /// The same from the command line, for somebody who has lost the app and the codes: whoever runs it has made sure who they are.
    ///
    /// # Errors
    /// `InvalidPhone`, `NotFound`, `Unavailable`.
    pub async fn reset_second_factor(&self, phone: &str) -> Result<User, Error> {
        let phone = self.read_phone(phone)?;
        let mut tx = self.parts.store.write().await?;
        let found = users::find_by_phone(&mut tx, &phone).await?.ok_or(Error::NotFound)?;
        let user = users::lock(&mut tx, found.id).await?.ok_or(Error::NotFound)?;
        second_factors::delete_for_user(&mut tx, user.id).await?;
        tx.run(sessions::update_second_factor_gone(user.id, None)).await?;
        self.audit_operator(&mut tx, &user, "second_factor_removed", json!({})).await?;
        tx.commit().await?;
        Ok(user)
    }

    pub(crate) fn require_step_up(&self, actor: &Actor) -> Result<(), Error> {
        actor.require_step_up(self.parts.clock.now(), self.parts.settings.second_factor.step_up_within)
    }
}
