//! A refresh token is good once. Used again it kills its family, except that a lost answer may be asked for again for a little
//! while (contract §3, Tokens).

use domain::session::EndReason;
use serde_json::json;
use store::{Tx, refresh_families, sessions, users};
use subtle::ConstantTimeEq;

use super::sign_in::SignedIn;
use crate::keys::tokens::{RefreshToken, hash};
use crate::{Actor, Error, Usecases};

impl Usecases {
    /// Swaps a refresh token for its successor and a new access token.
    ///
    /// # Errors
    /// `Unauthenticated` (not a token of ours), `SessionEnded` (over, or a replay that has just ended it), `Unavailable`.
    pub async fn refresh(&self, refresh: &str) -> Result<SignedIn, Error> {
        let presented = self.parts.keys.read_refresh_token(refresh).ok_or(Error::Unauthenticated)?;
        // A client that hangs up must not leave the rotation half done.
        let (this, presented_hash) = (self.clone(), hash(refresh));
        tokio::spawn(async move { this.rotate(presented, presented_hash).await }).await.map_err(Error::internal)?
    }

    async fn rotate(&self, presented: RefreshToken, presented_hash: [u8; 32]) -> Result<SignedIn, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let next = RefreshToken { generation: presented.generation + 1, ..presented };
        let (mut family, mut session, user) =
            refresh_families::find(&mut tx, presented.family, now).await?.ok_or(Error::SessionEnded)?;
        if presented.generation == family.generation {
            if !bool::from(family.current_hash.ct_eq(&presented_hash)) {
                return Err(Error::Unauthenticated);
            }
            let next_hash = hash(&self.parts.keys.refresh_token(next));
            if refresh_families::update_rotated(&mut tx, family.id, presented.generation, &next_hash, now).await? {
                let idle_end = session.idle_end(now, self.session_rules(session.kind, &user));
                sessions::update_seen(&mut tx, session.id, now, idle_end).await?;
                users::update_seen(&mut tx, user.id, now).await?;
                session.last_seen_at = now;
                session.idle_expires_at = idle_end;
                let answer = self.refreshed(Actor { user, session }, next)?;
                tx.commit().await?;
                return Ok(answer);
            }
            // Somebody else presented the same token a moment earlier, or ended the session: look again.
            (family, session, _) = refresh_families::find(&mut tx, presented.family, now).await?.ok_or(Error::SessionEnded)?;
        }
        let is_lost_answer =
            family.generation == next.generation && now - family.rotated_at <= self.parts.settings.tokens.refresh_grace;
        let actor = Actor { user, session };
        if is_lost_answer {
            return self.refreshed(actor, next);
        }
        self.end_replayed(&mut tx, &actor).await?;
        tx.commit().await?;
        Err(Error::SessionEnded)
    }

    async fn end_replayed(&self, tx: &mut Tx, actor: &Actor) -> Result<(), Error> {
        let now = self.parts.clock.now();
        sessions::update_ended(tx, actor.session.id, actor.user.id, EndReason::Replay, now).await?;
        self.audit_self(tx, actor, "refresh_replayed", json!({})).await
    }

    fn refreshed(&self, actor: Actor, next: RefreshToken) -> Result<SignedIn, Error> {
        let Actor { user, session } = actor;
        let phone = user.phone.as_ref().ok_or(Error::SessionEnded)?;
        let device = session.device_id.ok_or(Error::SessionEnded)?;
        let device_token = self.parts.keys.device_token(device, user.epoch, phone);
        let tokens = Some(self.tokens(&session, next, self.parts.clock.now())?);
        Ok(SignedIn { session, user, is_new_user: false, device_token, tokens })
    }
}
