//! Adding a person by phone. Nobody but its owner can make the phone verified.

use domain::ids::UserId;
use domain::locale::Locale;
use domain::permission::Permission;
use domain::user::{User, UserOrigin};
use serde_json::json;
use store::users;

use crate::{Actor, Admin, Error, Usecases};

impl Usecases {
    /// Adds a person by phone, or returns the one there is. For operators.
    ///
    /// # Errors
    /// `InvalidPhone`, `Unavailable`.
    pub async fn add_user(&self, phone: &str) -> Result<User, Error> {
        self.add(phone, None).await
    }

    /// The same by an admin.
    ///
    /// # Errors
    /// `Forbidden`, `InvalidPhone`, `Unavailable`.
    pub async fn add_person(&self, admin: &Admin, phone: &str) -> Result<User, Error> {
        let actor = admin.require(Permission::PeopleAdd)?;
        self.add(phone, Some(actor)).await
    }

    async fn add(&self, phone: &str, by: Option<&Actor>) -> Result<User, Error> {
        let phone = self.read_phone(phone)?;
        let now = self.parts.clock.now();
        let id = self.parts.rng.id_v7::<UserId>(now);
        let new = users::NewUser { id, phone, locale: Locale::default(), origin: UserOrigin::Staff, now };
        let mut tx = self.parts.store.write().await?;
        let user = users::upsert_by_phone(&mut tx, &new).await?;
        if user.id == id {
            match by {
                Some(actor) => self.audit_admin(&mut tx, actor, "user_added", Some(id), json!({})).await?,
                None => self.audit_operator(&mut tx, &user, "user_added", json!({})).await?,
            }
        }
        tx.commit().await?;
        Ok(user)
    }
}
