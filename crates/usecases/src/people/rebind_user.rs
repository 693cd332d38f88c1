//! Turning sign-in by text on again after too many wrong guesses in a row: somebody has made sure that the owner has the phone.

use domain::keys::LimitKey;
use domain::notice::NoticeKind;
use domain::user::User;
use serde_json::json;
use store::{guesses, users};

use crate::{Error, Usecases};

impl Usecases {
    /// Ends the row of wrong guesses at codes of a phone, and the waits after them. What is used of the limits stays used.
    ///
    /// # Errors
    /// `InvalidPhone`, `NotFound`, `Unavailable`.
    pub async fn rebind_user(&self, phone: &str) -> Result<User, Error> {
        let phone = self.read_phone(phone)?;
        let mut tx = self.parts.store.write().await?;
        let user = users::find_by_phone(&mut tx, &phone).await?.ok_or(Error::NotFound)?;
        tx.run(guesses::update_rebound(LimitKey::guesses(self.parts.keys.pepper(), &phone))).await?;
        self.audit_operator(&mut tx, &user, NoticeKind::Rebound.as_str(), json!({})).await?;
        tx.commit().await?;
        Ok(user)
    }
}
