//! Setting up an authenticator app: the secret is shown, and one code of the app proves that it has it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::challenge::CodeLength;
use domain::notice::NoticeKind;
use domain::phone::PhoneNumber;
use domain::recovery_code::RecoveryCode;
use domain::totp::{ENROLMENT_LIFE, TotpSecret};
use serde_json::json;
use store::second_factors::{self, Held, SealedTotp};
use store::{Tx, sessions, users};

use crate::auth::attempt::read_code;
use crate::{Actor, Error, Usecases};

/// An authenticator app that is being set up.
#[derive(Clone, Debug)]
pub struct Enrolment {
    /// For the app.
    pub secret: TotpSecret,
    /// As which account the app lists it.
    pub account: PhoneNumber,
    /// Then it has to be begun anew.
    pub expires_at: DateTime<Utc>,
}

impl Usecases {
    /// Begins to set up an authenticator app in this session, instead of whatever was being set up before. The app in use stays in use
    /// until the new one has shown a code.
    ///
    /// # Errors
    /// `Forbidden` (an account of testers), `FreshAuthenticationRequired` (the first one needs a sign-in that is a few minutes old at
    /// most), `SecondFactorRequired` and `StepUpRequired` (another one needs the one before), `SessionEnded`, `Unavailable`.
    pub async fn begin_enrolment(&self, actor: &Actor) -> Result<Enrolment, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        self.require_may_enrol(&mut tx, actor, now, TimeDelta::zero()).await?;
        let secret = TotpSecret::new(self.parts.rng.bytes());
        let sealed = self.parts.keys.seal_totp(&secret, self.parts.rng.bytes(), actor.user.id);
        tx.run(second_factors::upsert_pending(actor.user.id, actor.session.id, &sealed, now)).await?;
        tx.commit().await?;
        enrolment(actor, secret, now)
    }

    /// What is being set up in this session, to be shown once more. No other session sees it.
    ///
    /// # Errors
    /// `Internal`, `Unavailable`.
    pub async fn find_enrolment(&self, actor: &Actor) -> Result<Option<Enrolment>, Error> {
        let now = self.parts.clock.now();
        let pending = pending(&mut self.parts.store.read().await?, actor, now).await?;
        let Some(pending) = pending else { return Ok(None) };
        enrolment(actor, self.open(&pending, actor)?, pending.created_at).map(Some)
    }

    /// Confirms it with a code of the app, which also shows the second factor in this session: the recovery codes, of which only
    /// hashes are kept; none when the person has some already, with a passkey. An app that was in use before is not any more, nor are
    /// its recovery codes, and no other session has shown the new one.
    ///
    /// # Errors
    /// `Validation`, `NotFound` (nothing is being set up here), `QuotaExceeded`, `InvalidCode`, and those of
    /// [`Usecases::begin_enrolment`].
    pub async fn confirm_enrolment(&self, actor: &Actor, code: &str) -> Result<Vec<RecoveryCode>, Error> {
        let code = read_code(code, CodeLength::SIX)?;
        let found = pending(&mut self.parts.store.read().await?, actor, self.parts.clock.now()).await?;
        found.ok_or(Error::NotFound)?;
        let counted = self.count_answer(actor).await?;
        let (user, session, now) = (actor.user.id, actor.session.id, counted.at());
        let mut tx = self.parts.store.write().await?;
        let held = self.require_may_enrol(&mut tx, actor, now, ENROLMENT_LIFE).await?;
        let pending = pending(&mut tx, actor, now).await?.ok_or(Error::NotFound)?;
        let Some(step) = self.open(&pending, actor)?.step_of(&code, now, pending.last_step) else {
            drop(tx);
            return Err(self.refuse_answer(actor, counted, "totp").await?);
        };
        tx.run(second_factors::delete_confirmed(user)).await?;
        tx.run(second_factors::update_confirmed(user, session, step, now)).await?;
        tx.run(sessions::update_second_factor(session, now)).await?;
        tx.run(sessions::update_second_factor_gone(user, Some(session))).await?;
        tx.run(counted.refund()).await?;
        let is_replacement = held.since.is_some();
        let codes = if is_replacement || held.recovery_codes == 0 {
            self.replace_recovery_codes(&mut tx, user, now).await?
        } else {
            Vec::new()
        };
        let action = NoticeKind::SecondFactorAdded.as_str();
        self.audit_self(&mut tx, actor, action, json!({ "is_replacement": is_replacement })).await?;
        tx.commit().await?;
        Ok(codes)
    }

    /// Locks the person: what they have. `since` is how long ago they may have begun. The first factor, an app or a passkey, needs a
    /// fresh sign-in, and each after it one that is there.
    pub(crate) async fn require_may_enrol(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        now: DateTime<Utc>,
        since: TimeDelta,
    ) -> Result<Held, Error> {
        users::lock(tx, actor.user.id).await?.ok_or(Error::SessionEnded)?;
        let (session, user) = sessions::find_alive(tx, actor.session.id, now).await?.ok_or(Error::SessionEnded)?;
        if user.is_sandbox {
            return Err(Error::Forbidden);
        }
        let held = second_factors::find_held(tx, user.id).await?;
        let settings = &self.parts.settings;
        if held.is_any() {
            Actor { user, session }.require_step_up(now, settings.second_factor.step_up_within + since)?;
        } else if !session.is_fresh(now, settings.sessions.fresh_within + since) {
            return Err(Error::FreshAuthenticationRequired);
        }
        Ok(held)
    }
}

async fn pending(tx: &mut Tx, actor: &Actor, now: DateTime<Utc>) -> Result<Option<SealedTotp>, Error> {
    Ok(second_factors::find_pending(tx, actor.user.id, actor.session.id, now - ENROLMENT_LIFE).await?)
}

fn enrolment(actor: &Actor, secret: TotpSecret, begun_at: DateTime<Utc>) -> Result<Enrolment, Error> {
    let account = actor.user.phone.clone().ok_or(Error::SessionEnded)?;
    Ok(Enrolment { secret, account, expires_at: begun_at + ENROLMENT_LIFE })
}
