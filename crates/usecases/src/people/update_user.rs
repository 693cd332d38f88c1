//! Correcting what is known of somebody: names, e-mail, language. The phone is its owner's to prove, and so is that it is verified.

use domain::ids::UserId;
use domain::permission::Permission;
use domain::user::{User, UserStatus};
use serde_json::json;
use store::users;

use crate::account::update_me::{changed_fields, profile_of};
use crate::{Admin, Error, UpdateMe, Usecases};

impl Usecases {
    /// Changes somebody's profile and returns them as they now are.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Conflict` (erased), `Validation` naming every field at fault, `Unavailable`.
    pub async fn update_person(&self, admin: &Admin, id: UserId, input: UpdateMe) -> Result<User, Error> {
        let actor = admin.require(Permission::PeopleEdit)?;
        let mut tx = self.parts.store.write().await?;
        let before = users::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if before.status == UserStatus::Erased {
            return Err(Error::Conflict);
        }
        let profile = profile_of(&before, input).map_err(Error::Validation)?;
        let user = users::update_profile(&mut tx, id, &profile, self.parts.clock.now()).await?;
        let fields = changed_fields(&before, &user);
        if !fields.is_empty() {
            self.audit_admin(&mut tx, actor, "profile_changed", Some(id), json!({ "fields": fields })).await?;
        }
        tx.commit().await?;
        Ok(user)
    }
}
