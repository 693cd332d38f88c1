//! What happened to an account and its owner should know of. It comes from the audit and is kept nowhere else (docs/adr/0019).

use chrono::{DateTime, TimeDelta, Utc};
use domain::notice::Notice;
use store::{notices, sessions};

use crate::{Actor, Error, Usecases};

/// Longer than any session lives: after that there is nothing left to end. The history is in the export.
const TOLD_FOR: TimeDelta = TimeDelta::days(90);
/// More would not be read. Whoever puts these away puts the older ones away too.
const MOST: u32 = 20;

impl Usecases {
    /// What the actor has not put away yet, newest first. Nobody is told what they did themselves.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn list_notices(&self, actor: &Actor) -> Result<Vec<Notice>, Error> {
        let now = self.parts.clock.now();
        let (user, session, since) = (actor.user.id, actor.session.id, now - TOLD_FOR);
        Ok(notices::list(&mut self.parts.store.read().await?, user, session, since, now, MOST).await?)
    }

    /// Puts away what happened up to `until`: the newest that the actor was shown, so that nothing goes that came meanwhile.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn put_notices_away(&self, actor: &Actor, until: DateTime<Utc>) -> Result<(), Error> {
        let until = until.min(self.parts.clock.now());
        self.parts.store.apply_one(sessions::update_notices_seen(actor.session.id, until)).await?;
        Ok(())
    }
}
