//! The code for one's own number: marks it verified, or moves the account to the new one.

use chrono::{DateTime, TimeDelta, Utc};
use domain::challenge::Purpose;
use domain::ids::{ChallengeId, OutboxId};
use domain::message::MessageKind;
use domain::notice::NoticeKind;
use domain::phone::{Mask, PhoneNumber};
use domain::session::EndReason;
use domain::user::User;
use serde_json::json;
use store::{StoreError, Tx, challenges, devices, outbox, sessions, users};

use super::erase_me::erase;
use crate::auth::attempt::{Attempt, RightGuess};
use crate::{Actor, Error, Usecases};

/// A notice to the old number is worth sending for a day.
const NOTICE_LIFE: TimeDelta = TimeDelta::hours(24);

impl Usecases {
    /// Enters a `verify` code. A new number becomes the account's, the old one is told, other sessions end.
    ///
    /// # Errors
    /// `ChallengeNotFound`, `InvalidCode`, `Validation`, `QuotaExceeded`, `FreshAuthenticationRequired`, `Forbidden`,
    /// `Conflict` (the number is another verified person's), `Unavailable`.
    pub async fn verify_phone(&self, actor: &Actor, id: ChallengeId, code: &str) -> Result<User, Error> {
        let session = Some(actor.session.id);
        let attempt = Attempt { challenge_id: id, purpose: Purpose::Verify, session, phone: None, device_token: None, code };
        let right = self.attempt(attempt).await?;
        let (this, actor) = (self.clone(), actor.clone());
        tokio::spawn(async move { this.finish_phone(&actor, right).await }).await.map_err(Error::internal)?
    }

    async fn finish_phone(&self, actor: &Actor, right: RightGuess) -> Result<User, Error> {
        let now = self.parts.clock.now();
        let challenge = &right.asked.challenge;
        self.require_fresh_for(actor, &challenge.phone)?;
        let mut tx = self.parts.store.write().await?;
        let user = users::lock(&mut tx, challenge.user_id).await?.ok_or(Error::ChallengeNotFound)?;
        let is_alive = user.epoch == challenge.epoch && sessions::find_alive(&mut tx, actor.session.id, now).await?.is_some();
        if !is_alive || !tx.run(challenges::update_consumed(challenge.id, now)).await? {
            tx.run(right.refund()).await?;
            tx.commit().await?;
            return Err(Error::ChallengeNotFound);
        }
        tx.run(right.succeeded()).await?;
        if user.phone.as_ref() == Some(&challenge.phone) {
            tx.run(users::update_seen(user.id, user.epoch, now)).await?;
            self.audit_self(&mut tx, actor, "phone_verified", json!({})).await?;
            tx.commit().await?;
            self.count_verified(challenge);
            return Ok(user);
        }
        let moved = self.move_to(&mut tx, actor, user, &challenge.phone, now).await?;
        tx.commit().await?;
        self.count_verified(challenge);
        self.outbox_filled.notify_one();
        Ok(moved)
    }

    async fn move_to(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        user: User,
        phone: &PhoneNumber,
        now: DateTime<Utc>,
    ) -> Result<User, Error> {
        // A row nobody has claimed never stands in its owner's way (contract §1.4).
        match users::find_by_phone(tx, phone).await? {
            Some(other) if other.is_unclaimed() => users::delete_unclaimed(tx, other.id).await.map(drop)?,
            // Nor does what testers left.
            Some(other) if self.is_lapsed(&other, now) => erase(tx, other.id, now).await.map(drop)?,
            Some(_) => return Err(Error::Conflict),
            None => {}
        }
        let moved = users::update_phone(tx, user.id, phone, now).await.map_err(|error| match error {
            StoreError::Unique { .. } => Error::Conflict,
            other => other.into(),
        })?;
        tx.run(sessions::update_ended_others(user.id, Some(actor.session.id), EndReason::PhoneChanged, now)).await?;
        devices::update_revoked_for_user(tx, user.id, now).await?;
        // A sign-in code asked for the old number must not open the account any more.
        challenges::delete_for_user(tx, user.id).await?;
        let old = user.phone.ok_or(Error::ChallengeNotFound)?;
        let detail = json!({ "from": old.masked(Mask::M2), "to": phone.masked(Mask::M2) });
        let notice = outbox::NewMessage {
            id: self.parts.rng.id_v7::<OutboxId>(now),
            kind: MessageKind::PhoneChanged,
            user_id: Some(user.id),
            challenge_id: None,
            phone: old,
            locale: user.locale,
            expires_at: now + NOTICE_LIFE,
            now,
        };
        tx.run(self.budget_place_of_notice(&notice)).await?;
        tx.run(outbox::insert(&notice)).await?;
        self.audit_self(tx, actor, NoticeKind::PhoneChanged.as_str(), detail).await?;
        Ok(moved)
    }
}
