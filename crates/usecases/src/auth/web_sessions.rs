//! What the session cookie of a browser stands for. The cookie is a random number; the session row is the only truth, and nothing
//! here can bring an ended one back (security.md §1 rule 6).

use chrono::TimeDelta;
use domain::ids::SessionId;
use domain::session::EndReason;
use store::sessions;

use crate::keys::tokens::hash_cookie;
use crate::{Actor, Error, Usecases};

/// A session's last use is written at most this often, or ten times in its idle life if that is shorter.
const TOUCH_EVERY: TimeDelta = TimeDelta::minutes(5);

impl Usecases {
    /// Ties a cookie to a session that has none yet. `false` when the session is over or already has one.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn bind_web_session(&self, id: SessionId, cookie: i128) -> Result<bool, Error> {
        let now = self.parts.clock.now();
        Ok(self.parts.store.apply_one(sessions::update_cookie(id, &hash_cookie(cookie), now)).await?)
    }

    /// Who holds this cookie, if the session is alive.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn actor_of_web_session(&self, cookie: i128) -> Result<Option<Actor>, Error> {
        let now = self.parts.clock.now();
        let found = {
            let mut tx = self.parts.store.read().await?;
            sessions::find_alive_by_cookie(&mut tx, &hash_cookie(cookie), now).await?
        };
        let Some((mut session, user)) = found.filter(|(_, user)| !self.is_lapsed(user, now)) else { return Ok(None) };
        let rules = self.session_rules(session.kind, &user);
        if now - session.last_seen_at >= TOUCH_EVERY.min(rules.idle / 10) {
            let idle_end = session.idle_end(now, rules);
            if !self.parts.store.apply_one(sessions::update_seen(session.id, now, idle_end)).await? {
                return Ok(None);
            }
            session.last_seen_at = now;
            session.idle_expires_at = idle_end;
        }
        Ok(Some(Actor { user, session }))
    }

    /// Ends the session behind a cookie.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn end_web_session(&self, cookie: i128) -> Result<(), Error> {
        let now = self.parts.clock.now();
        self.parts.store.apply_one(sessions::update_ended_by_cookie(&hash_cookie(cookie), EndReason::Logout, now)).await?;
        Ok(())
    }
}
