//! Everything held about a person, taken out by an admin: to answer somebody who cannot sign in.

use domain::ids::UserId;
use domain::permission::Permission;
use domain::user::User;
use serde_json::{Value, json};
use store::users;

use crate::{Admin, Error, Usecases};

impl Usecases {
    /// The same document as the person's own, and who it is about. It is written down who took it, before it is given.
    ///
    /// # Errors
    /// `Forbidden`, `StepUpRequired`, `NotFound`, `Unavailable`.
    pub async fn export_person(&self, admin: &Admin, id: UserId) -> Result<(User, Value), Error> {
        let actor = admin.require(Permission::PeopleExport)?;
        let now = self.parts.clock.now();
        actor.require_step_up(now, self.parts.settings.second_factor.step_up_within)?;
        let mut tx = self.parts.store.write().await?;
        let user = users::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        self.audit_admin(&mut tx, actor, "person_exported", Some(id), json!({})).await?;
        let data = self.everything_about(&mut tx, &user, None).await?;
        tx.commit().await?;
        Ok((user, data))
    }
}
