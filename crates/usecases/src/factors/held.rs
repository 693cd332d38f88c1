//! What somebody has, and giving it up.

use chrono::{DateTime, Utc};
use domain::notice::NoticeKind;
use domain::user::User;
use serde_json::json;
use store::{Tx, second_factors, sessions, users};

use crate::{Actor, Error, Usecases};

/// How somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// Since when they have an authenticator app, if they have one.
    pub since: Option<DateTime<Utc>>,
    /// How many passkeys they have.
    pub passkeys: u32,
    /// Recovery codes that are still good.
    pub recovery_codes_left: u32,
    /// When one was shown in this session, if it still holds.
    pub shown_at: Option<DateTime<Utc>>,
}

impl SecondFactor {
    /// Whether there is one to show.
    pub const fn is_any(&self) -> bool {
        self.since.is_some() || self.passkeys > 0
    }
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
            passkeys: held.passkeys,
            recovery_codes_left: held.recovery_codes,
            shown_at: actor.session.second_factor_at.filter(|_| holds),
        })
    }

    /// The actor gives the authenticator app up. Without a passkey the recovery codes go too, and no session was shown a second factor.
    ///
    /// # Errors
    /// `SecondFactorRequired`, `StepUpRequired`, `NotFound` (there is none), `Unavailable`.
    pub async fn remove_second_factor(&self, actor: &Actor) -> Result<(), Error> {
        self.require_step_up(actor)?;
        let mut tx = self.parts.store.write().await?;
        users::lock(&mut tx, actor.user.id).await?.ok_or(Error::SessionEnded)?;
        let held = second_factors::find_held(&mut tx, actor.user.id).await?;
        held.since.ok_or(Error::NotFound)?;
        tx.run(second_factors::delete_totp(actor.user.id)).await?;
        self.forget_shown(&mut tx, actor, held.passkeys > 0).await?;
        self.audit_self(&mut tx, actor, NoticeKind::SecondFactorRemoved.as_str(), json!({})).await?;
        Ok(tx.commit().await?)
    }

    /// After a factor was given up: other sessions may have shown that very one. Without another one left, nothing stands in for it.
    pub(crate) async fn forget_shown(&self, tx: &mut Tx, actor: &Actor, is_another_left: bool) -> Result<(), Error> {
        if !is_another_left {
            tx.run(second_factors::delete_recovery_codes(actor.user.id)).await?;
        }
        let except = is_another_left.then_some(actor.session.id);
        tx.run(sessions::update_second_factor_gone(actor.user.id, except)).await?;
        Ok(())
    }

    /// Takes app, passkeys and codes away from the command line, for somebody who has lost them: whoever runs it has made sure who they
    /// are.
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
        self.audit_operator(&mut tx, &user, NoticeKind::SecondFactorRemoved.as_str(), json!({})).await?;
        tx.commit().await?;
        Ok(user)
    }

    pub(crate) fn require_step_up(&self, actor: &Actor) -> Result<(), Error> {
        actor.require_step_up(self.parts.clock.now(), self.parts.settings.second_factor.step_up_within)
    }
}
