//! Who acts.

use domain::session::Session;
use domain::user::User;

/// A signed-in person and the session they act in, read from the database for this very request.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The person.
    pub user: User,
    /// The session.
    pub session: Session,
}
