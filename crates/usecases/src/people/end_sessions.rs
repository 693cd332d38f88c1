//! Ending somebody's sessions.

use domain::ids::{SessionId, UserId};
use domain::permission::Permission;
use domain::session::EndReason;
use serde_json::json;
use store::{Applied, audit, devices, sessions, users};

use crate::{Admin, Error, Usecases};

impl Usecases {
    /// Ends one session of a person. Its device is not known any more.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound` (not theirs, or over already), `Unavailable`.
    pub async fn end_person_session(&self, admin: &Admin, id: UserId, session: SessionId) -> Result<(), Error> {
        let actor = admin.require(Permission::PeopleEndSessions)?;
        let now = self.parts.clock.now();
        let entry = self.entry_of_admin(actor, "session_ended", Some(id), json!({ "session_id": session }));
        let end = sessions::update_ended(session, id, EndReason::Revoked, now).guarded();
        let forget = devices::update_revoked_with(session, id, actor.session.device_id, now);
        match self.parts.store.apply(vec![end, forget, audit::insert(&entry)]).await? {
            Applied::All(_) => Ok(()),
            Applied::Stopped(_) => Err(Error::NotFound),
        }
    }

    /// Ends all sessions of a person, and no device of theirs is known any more; of their own an admin keeps the one they sit at. Returns
    /// how many.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn end_person_sessions(&self, admin: &Admin, id: UserId) -> Result<u64, Error> {
        let actor = admin.require(Permission::PeopleEndSessions)?;
        let now = self.parts.clock.now();
        let here = Some(&actor.session).filter(|_| actor.user.id == id);
        let mut tx = self.parts.store.write().await?;
        users::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let end = sessions::update_ended_others(id, here.map(|session| session.id), EndReason::Revoked, now);
        let ended = tx.count(end).await?;
        tx.run(devices::update_revoked_others(id, here.and_then(|session| session.device_id), now)).await?;
        self.audit_admin(&mut tx, actor, "all_sessions_ended", Some(id), json!({ "count": ended })).await?;
        tx.commit().await?;
        Ok(ended)
    }
}
