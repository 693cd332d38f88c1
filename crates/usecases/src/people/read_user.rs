//! One person as an admin sees them.

use domain::ids::UserId;
use domain::permission::Permission;
use domain::session::Session;
use domain::user::User;
use store::{sessions, users};

use crate::{Admin, Error, Usecases};

/// A person and where they are signed in.
#[derive(Clone, Debug)]
pub struct UserDetail {
    /// The person.
    pub user: User,
    /// Their living sessions, last used first.
    pub sessions: Vec<Session>,
}

impl Usecases {
    /// Reads a person.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn read_user(&self, admin: &Admin, id: UserId) -> Result<UserDetail, Error> {
        admin.require(Permission::PeopleView)?;
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.read().await?;
        let user = users::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let sessions = sessions::list_alive(&mut tx, id, now).await?;
        Ok(UserDetail { user, sessions })
    }
}
