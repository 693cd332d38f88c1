//! Shutting a person out, and letting them in again.

use domain::ids::UserId;
use domain::session::EndReason;
use domain::user::User;
use serde_json::json;
use store::{Tx, sessions, users};

use crate::{Error, Usecases};

impl Usecases {
    /// Blocks or unblocks a person. Blocking ends every session at once.
    ///
    /// # Errors
    /// `InvalidPhone`, `NotFound`, `Unavailable`.
    pub async fn block_user(&self, phone: &str, is_blocked: bool) -> Result<User, Error> {
        let phone = self.read_phone(phone)?;
        let mut tx = self.parts.store.write().await?;
        let user = users::find_by_phone(&mut tx, &phone).await?.ok_or(Error::NotFound)?;
        let changed = self.set_blocked(&mut tx, user.id, is_blocked).await?;
        let action = if is_blocked { "user_blocked" } else { "user_unblocked" };
        self.audit_operator(&mut tx, &user, action, json!({})).await?;
        tx.commit().await?;
        Ok(changed)
    }

    /// The change itself, in a transaction of whoever decided it and writes it down.
    pub(crate) async fn set_blocked(&self, tx: &mut Tx, id: UserId, is_blocked: bool) -> Result<User, Error> {
        let now = self.parts.clock.now();
        let user = users::update_blocked(tx, id, is_blocked, now).await?.ok_or(Error::NotFound)?;
        if is_blocked {
            tx.run(sessions::update_ended_others(id, None, EndReason::Blocked, now)).await?;
        }
        Ok(user)
    }
}
