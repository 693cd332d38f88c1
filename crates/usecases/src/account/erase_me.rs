//! Erasure: the identity goes, the row stays (salon.md §5).

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::keys::LimitKey;
use domain::session::EndReason;
use serde_json::json;
use store::{StoreError, Tx, challenges, devices, erasures, outbox, second_factors, sessions, user_notes, users};

use crate::{Actor, Error, Usecases};

impl Usecases {
    /// Erases the actor: phone, names and e-mail go, every session ends. A keyed hash of the phone stays in the erasure log, so
    /// that a restored backup can repeat it; limits of the phone stay as they are.
    ///
    /// # Errors
    /// `SessionEnded` when it happened already, `Unavailable`.
    pub async fn erase_me(&self, actor: &Actor) -> Result<(), Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let user = users::lock(&mut tx, actor.user.id).await?.ok_or(Error::SessionEnded)?;
        let phone = user.phone.ok_or(Error::SessionEnded)?;
        if !erase(&mut tx, user.id, now).await? {
            return Err(Error::SessionEnded);
        }
        let phone_key = LimitKey::phone(self.parts.keys.pepper(), &phone);
        erasures::insert(&mut tx, &erasures::Erasure { user_id: user.id, phone_key, erased_at: now }).await?;
        self.audit_self(&mut tx, actor, "erased", json!({})).await?;
        Ok(tx.commit().await?)
    }
}

/// Removes everything that says who a person is, and all they are signed in with: whether there was anything left to remove.
/// Call it with the person locked.
pub(crate) async fn erase(tx: &mut Tx, id: UserId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    if users::update_erased(tx, id, now).await?.is_none() {
        return Ok(false);
    }
    tx.run(sessions::update_ended_others(id, None, EndReason::Erased, now)).await?;
    devices::update_revoked_for_user(tx, id, now).await?;
    second_factors::delete_for_user(tx, id).await?;
    user_notes::delete_for_user(tx, id).await?;
    // Challenges before messages, as a purge does, whose deletion of the former reaches into the latter.
    challenges::delete_for_user(tx, id).await?;
    outbox::update_anonymised(tx, id).await?;
    Ok(true)
}
