//! From a bearer token to a person: the signature says who, the database says whether still.

use domain::ids::SessionId;
use store::sessions;

use crate::{Actor, Error, Usecases};

impl Usecases {
    /// The actor of an access token, its session and epoch alive right now (contract §3, Tokens). One query.
    ///
    /// # Errors
    /// `Unauthenticated` (not a good token), `SessionEnded`, `Unavailable`.
    pub async fn actor_of_access_token(&self, token: &str) -> Result<Actor, Error> {
        let now = self.parts.clock.now();
        let claims = self.parts.keys.jwt.verify(token, &self.parts.settings.tokens, now).map_err(|_| Error::Unauthenticated)?;
        let mut tx = self.parts.store.read().await?;
        sessions::find_alive(&mut tx, SessionId(claims.sid), now)
            .await?
            .filter(|(session, user)| user.id.0 == claims.sub && session.epoch == claims.epoch && !self.is_lapsed(user, now))
            .map(|(session, user)| Actor { user, session })
            .ok_or(Error::SessionEnded)
    }
}
