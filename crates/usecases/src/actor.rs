//! Who acts, and what they have shown for it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::SalonId;
use domain::permission::Permission;
use domain::role::Role;
use domain::session::Session;
use domain::user::User;
use store::{Tx, salon_grants};

use crate::{Error, Usecases};

/// A signed-in person and the session they act in, read from the database for this very request.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The person.
    pub user: User,
    /// The session.
    pub session: Session,
}

impl Actor {
    /// Their roles in a salon. Whoever has none there is told that it is not there.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub(crate) async fn roles_in(&self, tx: &mut Tx, salon: SalonId) -> Result<Vec<Role>, Error> {
        let roles = salon_grants::list_roles(tx, salon, self.user.id).await?;
        if roles.is_empty() { Err(Error::NotFound) } else { Ok(roles) }
    }

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

    /// Refuses whoever has no role with this permission. Roles are as they are now: they come with the session, in the same query.
    ///
    /// # Errors
    /// `Forbidden`.
    pub fn require(&self, permission: Permission) -> Result<(), Error> {
        if self.user.roles.iter().any(|role| role.may(permission)) { Ok(()) } else { Err(Error::Forbidden) }
    }
}

/// Somebody who has come through the door of the admin. Only [`Usecases::admin_actor`] makes one, and the use cases of the admin take
/// nothing else: none of them can be reached around that door.
#[derive(Clone, Debug)]
pub struct Admin(Actor);

impl Admin {
    /// Who it is, if they have the permission.
    ///
    /// # Errors
    /// `Forbidden`.
    pub fn require(&self, permission: Permission) -> Result<&Actor, Error> {
        self.0.require(permission)?;
        Ok(&self.0)
    }

    /// Who it is, if they have the permission in that salon. Whoever has it in no salon is refused before anything is looked up; whoever
    /// has no role in this one does not learn that it is there.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn require_in(&self, tx: &mut Tx, salon: SalonId, permission: Permission) -> Result<&Actor, Error> {
        let actor = self.require(permission)?;
        let roles = actor.roles_in(tx, salon).await?;
        if roles.iter().any(|role| role.may(permission)) { Ok(actor) } else { Err(Error::Forbidden) }
    }

    /// The same for what any role in the salon may, and those who set salons up.
    ///
    /// # Errors
    /// `NotFound`, `Unavailable`.
    pub async fn require_any_in(&self, tx: &mut Tx, salon: SalonId) -> Result<&Actor, Error> {
        let may_open = self.0.require(Permission::SalonOpen).is_ok();
        if may_open || !salon_grants::list_roles(tx, salon, self.0.user.id).await?.is_empty() {
            return Ok(&self.0);
        }
        Err(Error::NotFound)
    }

    /// Who it is, whatever their roles.
    pub(crate) const fn actor(&self) -> &Actor {
        &self.0
    }
}

impl Usecases {
    /// The one door of the admin, for pages and JSON. What somebody must have shown besides a phone is asked for here.
    ///
    /// # Errors
    /// `Unauthenticated`, `Forbidden` (a customer), `SecondFactorRequired`.
    pub fn admin_actor(&self, actor: Option<Actor>) -> Result<Admin, Error> {
        let actor = actor.ok_or(Error::Unauthenticated)?;
        if actor.user.roles.is_empty() {
            return Err(Error::Forbidden);
        }
        actor.require_second_factor(self.parts.clock.now())?;
        Ok(Admin(actor))
    }
}
