//! Shutting a person out, and letting them in again.

use domain::session::EndReason;
use domain::user::User;
use serde_json::json;
use store::{sessions, users};

use crate::{Error, Usecases};

impl Usecases {
    /// Blocks or unblocks a person. Blocking ends every session at once.
    ///
    /// # Errors
    /// `InvalidPhone`, `NotFound`, `Unavailable`.
    pub async fn block_user(&self, phone: &str, is_blocked: bool) -> Result<User, Error> {
        let phone = self.read_phone(phone)?;
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let user = users::find_by_phone(&mut tx, &phone).await?.ok_or(Error::NotFound)?;
        users::update_blocked(&mut tx, user.id, is_blocked, now).await?;
        if is_blocked {
            tx.run(sessions::update_ended_others(user.id, None, EndReason::Blocked, now)).await?;
        }
        let action = if is_blocked { "user_blocked" } else { "user_unblocked" };
        self.audit_operator(&mut tx, &user, action, json!({})).await?;
        let user = users::find(&mut tx, user.id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        Ok(user)
    }
}
