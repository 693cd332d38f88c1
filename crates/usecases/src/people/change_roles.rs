//! Granting and taking roles, by those who run the platform. The first of them is made at the command line (`grant_role`).

use domain::error::{FieldError, ValidationError};
use domain::ids::UserId;
use domain::permission::Permission;
use domain::role::Role;
use domain::user::{User, UserStatus};
use serde_json::json;
use store::{role_grants, users};

use crate::{Admin, Error, Usecases};

/// The roles that mean something without a salon.
const ON_THE_PLATFORM: [Role; 1] = [Role::PlatformAdmin];

impl Usecases {
    /// Grants a role on the platform. It is in force with their next request. Whoever has it already keeps it.
    ///
    /// # Errors
    /// `Forbidden` (an account of testers too), `SecondFactorRequired`, `StepUpRequired`, `Validation` (a role of a salon), `NotFound`,
    /// `Conflict` (they have not proved their phone, are blocked, or are no more), `SessionEnded`, `Unavailable`.
    pub async fn grant_person_role(&self, admin: &Admin, id: UserId, role: Role) -> Result<User, Error> {
        let actor = admin.require(Permission::RoleGrant)?;
        self.require_step_up(actor)?;
        require_on_the_platform(role)?;
        let mut tx = self.parts.store.write().await?;
        self.take_turn(&mut tx, actor, Permission::RoleGrant).await?;
        let user = users::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if user.status != UserStatus::Active || user.is_unclaimed() {
            return Err(Error::Conflict);
        }
        if user.is_sandbox {
            return Err(Error::Forbidden);
        }
        if role_grants::insert(&mut tx, id, role, self.parts.clock.now()).await? {
            self.audit_admin(&mut tx, actor, "role_granted", Some(id), json!({ "role": role })).await?;
        }
        let user = users::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        Ok(user)
    }

    /// Takes a role on the platform away, with the next request of theirs. The last who can use it keeps it.
    ///
    /// # Errors
    /// `Forbidden`, `SecondFactorRequired`, `StepUpRequired`, `Validation` (a role of a salon), `NotFound` (they do not have it), `Conflict`
    /// (nobody else has it), `SessionEnded`, `Unavailable`.
    pub async fn revoke_person_role(&self, admin: &Admin, id: UserId, role: Role) -> Result<User, Error> {
        let actor = admin.require(Permission::RoleGrant)?;
        self.require_step_up(actor)?;
        require_on_the_platform(role)?;
        let mut tx = self.parts.store.write().await?;
        self.take_turn(&mut tx, actor, Permission::RoleGrant).await?;
        users::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if !role_grants::delete(&mut tx, id, role).await? {
            return Err(Error::NotFound);
        }
        if role_grants::count_others(&mut tx, id, role).await? == 0 {
            return Err(Error::Conflict);
        }
        self.audit_admin(&mut tx, actor, "role_revoked", Some(id), json!({ "role": role })).await?;
        let user = users::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        Ok(user)
    }
}

fn require_on_the_platform(role: Role) -> Result<(), Error> {
    if ON_THE_PLATFORM.contains(&role) {
        return Ok(());
    }
    Err(Error::Validation(vec![ValidationError::new("/role", FieldError::NotOffered)]))
}
