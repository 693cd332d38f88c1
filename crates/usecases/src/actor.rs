//! Who acts, and what they have shown for it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::session::Session;
use domain::user::User;

use crate::Error;

/// A signed-in person and the session they act in, read from the database for this very request.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The person.
    pub user: User,
    /// The session.
    pub session: Session,
}

impl Actor {
    /// The gate of everything that is for staff: a second factor was shown in this session and still holds.
    ///
    /// # Errors
    /// `SecondFactorRequired`.
    pub fn require_second_factor(&self, now: DateTime<Utc>) -> Result<(), Error> {
        if self.session.has_second_factor(now) { Ok(()) } else { Err(Error::SecondFactorRequired) }
    }

    /// The gate of what is dangerous even for staff: the second factor was shown `within` so long.
    ///
    /// # Errors
    /// `SecondFactorRequired` when there is none that holds, `StepUpRequired` when it was longer ago.
    pub fn require_step_up(&self, now: DateTime<Utc>, within: TimeDelta) -> Result<(), Error> {
        self.require_second_factor(now)?;
        let is_recent = self.session.second_factor_at.is_some_and(|at| now - at <= within);
        if is_recent { Ok(()) } else { Err(Error::StepUpRequired) }
    }
}
