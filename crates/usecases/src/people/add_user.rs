//! Adding a person by phone. Nobody but its owner can make the phone verified.

use domain::ids::UserId;
use domain::locale::Locale;
use domain::user::{User, UserOrigin};
use store::users;

use crate::{Error, Usecases};

impl Usecases {
    /// Adds a person by phone, or returns the one there is.
    ///
    /// # Errors
    /// `InvalidPhone`, `Unavailable`.
    pub async fn add_user(&self, phone: &str) -> Result<User, Error> {
        let phone = self.read_phone(phone)?;
        let now = self.parts.clock.now();
        let id = self.parts.rng.id_v7::<UserId>(now);
        let new = users::NewUser { id, phone, locale: Locale::default(), origin: UserOrigin::Staff, now };
        let mut tx = self.parts.store.write().await?;
        let user = users::upsert_by_phone(&mut tx, &new).await?;
        if user.id == id {
            self.audit_operator(&mut tx, &user, "user_added", serde_json::json!({})).await?;
        }
        tx.commit().await?;
        Ok(user)
    }
}
