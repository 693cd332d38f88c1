//! Changing who may do what, one after the other.

use domain::permission::Permission;
use store::{Tx, role_grants, sessions};

use crate::{Actor, Error, Usecases};

impl Usecases {
    /// Waits for the turn of this transaction to change who may do what, and looks at the actor again: another admin may have shut them out
    /// or taken their role while they waited. So of two who do it to each other one does it, and the other no longer may.
    ///
    /// # Errors
    /// `SessionEnded`, `Forbidden`, `Unavailable`.
    pub(crate) async fn take_turn(&self, tx: &mut Tx, actor: &Actor, permission: Permission) -> Result<(), Error> {
        role_grants::lock(tx).await?;
        let alive = sessions::find_alive(tx, actor.session.id, self.parts.clock.now()).await?;
        let (session, user) = alive.ok_or(Error::SessionEnded)?;
        Actor { user, session }.require(permission)
    }
}
