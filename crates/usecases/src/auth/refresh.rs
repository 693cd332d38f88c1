//! A refresh token is good once. Used again it kills its family, except that a lost answer may be asked for again for a little
//! while (contract §3, Tokens).

use chrono::{DateTime, Utc};
use domain::notice::NoticeKind;
use domain::session::EndReason;
use serde_json::json;
use store::refresh_families::Living;
use store::{Applied, audit, refresh_families, sessions, users};
use subtle::ConstantTimeEq;
use tracing::Instrument;

use super::sign_in::SignedIn;
use crate::keys::tokens::{RefreshToken, hash};
use crate::{Actor, Error, Usecases};

impl Usecases {
    /// Swaps a refresh token for its successor and a new access token.
    ///
    /// # Errors
    /// `Unauthenticated` (not a token of ours), `SessionEnded` (over, or a replay that has just ended it), `Unavailable`.
    #[tracing::instrument(level = "debug", name = "usecase.refresh", skip_all)]
    pub async fn refresh(&self, refresh: &str) -> Result<SignedIn, Error> {
        let presented = self.parts.keys.read_refresh_token(refresh).ok_or(Error::Unauthenticated)?;
        // A client that hangs up must not leave the rotation half done.
        let (this, presented_hash) = (self.clone(), hash(refresh));
        let rotate = async move { this.settle(async || this.rotate(presented, presented_hash).await).await };
        tokio::spawn(rotate.in_current_span()).await.map_err(Error::internal)?
    }

    /// `None` when somebody else presented the same token a moment earlier, or ended the session.
    async fn rotate(&self, presented: RefreshToken, presented_hash: [u8; 32]) -> Result<Option<SignedIn>, Error> {
        let now = self.parts.clock.now();
        let next = RefreshToken { generation: presented.generation + 1, ..presented };
        let found = refresh_families::find(&mut self.parts.store.read().await?, presented.family, now).await?;
        let living = found.filter(|living| !self.is_lapsed(&living.user, now));
        let Living { family, mut session, user, device_generation } = living.ok_or(Error::SessionEnded)?;
        if presented.generation == family.generation {
            if !bool::from(family.current_hash.ct_eq(&presented_hash)) {
                return Err(Error::Unauthenticated);
            }
            session.last_seen_at = now;
            session.idle_expires_at = session.idle_end(now, self.session_rules(session.kind, &user));
            let next_hash = hash(&self.parts.keys.refresh_token(next));
            // The person first: it is what a block or an erasure changes first.
            let rotate = vec![
                users::update_seen(user.id, user.epoch, now),
                sessions::update_seen(session.id, now, session.idle_expires_at),
                refresh_families::update_rotated(family.id, presented.generation, &next_hash, now),
            ];
            return match self.parts.store.apply(rotate).await? {
                Applied::All(_) => self.refreshed(Actor { user, session }, device_generation, next).map(Some),
                Applied::Stopped(_) => Ok(None),
            };
        }
        let is_lost_answer =
            family.generation == next.generation && now - family.rotated_at <= self.parts.settings.tokens.refresh_grace;
        let actor = Actor { user, session };
        if is_lost_answer {
            return self.refreshed(actor, device_generation, next).map(Some);
        }
        self.end_replayed(&actor, now).await?;
        Err(Error::SessionEnded)
    }

    async fn end_replayed(&self, actor: &Actor, now: DateTime<Utc>) -> Result<(), Error> {
        let entry = self.entry_of(actor, NoticeKind::RefreshReplayed.as_str(), json!({}));
        let end = sessions::update_ended(actor.session.id, actor.user.id, EndReason::Replay, now);
        self.parts.store.apply(vec![end, audit::insert(&entry)]).await?;
        Ok(())
    }

    fn refreshed(&self, actor: Actor, device_generation: i64, next: RefreshToken) -> Result<SignedIn, Error> {
        let Actor { user, session } = actor;
        let phone = user.phone.as_ref().ok_or(Error::SessionEnded)?;
        let device = session.device_id.ok_or(Error::SessionEnded)?;
        let device_token = self.device_token(device, device_generation, &user, phone);
        let tokens = Some(self.tokens(&session, next, self.parts.clock.now())?);
        Ok(SignedIn { session, user, is_new_user: false, device_token, tokens })
    }
}
