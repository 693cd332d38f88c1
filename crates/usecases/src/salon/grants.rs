//! Who may be what in a salon. A role in a salon is also one of the person, for the second factor and short sessions that go with it; with
//! the last salon of that role it goes again.

use chrono::{DateTime, Utc};
use domain::error::FieldError;
use domain::ids::{SalonId, UserId};
use domain::locale::Locale;
use domain::permission::Permission;
use domain::role::Role;
use domain::user::{User, UserOrigin, UserStatus};
use serde_json::json;
use store::{Tx, role_grants, salon_grants, salons, sessions, users};

use super::fields::wrong;
use crate::{Actor, Admin, Error, Usecases};

/// The roles there are in a salon.
pub const IN_A_SALON: [Role; 4] = [Role::Owner, Role::Manager, Role::Reception, Role::Stylist];

/// Somebody and what they are in a salon.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The person. Roles of theirs are in force once they have proved their phone.
    pub user: User,
    /// What.
    pub role: Role,
    /// Since when.
    pub granted_at: DateTime<Utc>,
}

impl Usecases {
    /// Who is what in a salon, the first first.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn list_salon_grants(&self, admin: &Admin, salon: SalonId) -> Result<Vec<Holder>, Error> {
        require_some(admin)?;
        let mut tx = self.parts.store.read().await?;
        if admin.require(Permission::SalonOpen).is_err() {
            admin.require_in(&mut tx, salon, Permission::StaffManage).await?;
        }
        salons::find(&mut tx, salon).await?.ok_or(Error::NotFound)?;
        let holders = salon_grants::list_of_salon(&mut tx, salon).await?;
        Ok(holders.into_iter().map(|(user, role, granted_at)| Holder { user, role, granted_at }).collect())
    }

    /// Grants a role in a salon to whoever has the phone, and adds them when nobody has: the role comes into force when they prove it.
    /// Owners grant every role, managers those below their own, and whoever sets salons up names owners.
    ///
    /// # Errors
    /// `Forbidden` (an account of testers too), `StepUpRequired`, `SecondFactorRequired`, `InvalidPhone`, `Validation`, `NotFound`,
    /// `Conflict` (blocked, or no more), `SessionEnded`, `Unavailable`.
    pub async fn grant_salon_role(&self, admin: &Admin, salon: SalonId, phone: &str, role: Role) -> Result<User, Error> {
        require_some(admin)?;
        self.require_step_up(admin.actor())?;
        if !IN_A_SALON.contains(&role) {
            return Err(wrong("/role", FieldError::NotOffered));
        }
        let phone = self.read_phone(phone)?;
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let actor = self.take_turn_in(&mut tx, admin, salon, role).await?;
        let id = self.parts.rng.id_v7::<UserId>(now);
        let new = users::NewUser { id, phone, locale: Locale::default(), origin: UserOrigin::Staff, now };
        let user = users::upsert_by_phone(&mut tx, &new).await?;
        if user.id == id {
            self.audit_admin(&mut tx, &actor, "user_added", Some(id), json!({})).await?;
        }
        if !matches!(user.status, UserStatus::Active | UserStatus::Pending) {
            return Err(Error::Conflict);
        }
        if user.is_sandbox {
            return Err(Error::Forbidden);
        }
        if salon_grants::insert(&mut tx, salon, user.id, role, now).await? {
            role_grants::insert(&mut tx, user.id, role, now).await?;
            let detail = json!({ "salon_id": salon, "role": role });
            self.audit_admin(&mut tx, &actor, "salon_role_granted", Some(user.id), detail).await?;
        }
        let user = users::find(&mut tx, user.id).await?.ok_or(Error::NotFound)?;
        tx.commit().await?;
        Ok(user)
    }

    /// Takes a role in a salon away, with the next request of theirs. The last owner who can use it stays.
    ///
    /// # Errors
    /// `Forbidden`, `StepUpRequired`, `SecondFactorRequired`, `Validation`, `NotFound` (they do not have it), `Conflict` (nobody else owns
    /// it), `SessionEnded`, `Unavailable`.
    pub async fn revoke_salon_role(&self, admin: &Admin, salon: SalonId, user: UserId, role: Role) -> Result<(), Error> {
        require_some(admin)?;
        self.require_step_up(admin.actor())?;
        if !IN_A_SALON.contains(&role) {
            return Err(wrong("/role", FieldError::NotOffered));
        }
        let mut tx = self.parts.store.write().await?;
        let actor = self.take_turn_in(&mut tx, admin, salon, role).await?;
        if !salon_grants::delete(&mut tx, salon, user, role).await? {
            return Err(Error::NotFound);
        }
        if role == Role::Owner && salon_grants::count_other_owners(&mut tx, salon, user).await? == 0 {
            return Err(Error::Conflict);
        }
        if salon_grants::count_of_user(&mut tx, user, role).await? == 0 {
            role_grants::delete(&mut tx, user, role).await?;
        }
        let detail = json!({ "salon_id": salon, "role": role });
        self.audit_admin(&mut tx, &actor, "salon_role_revoked", Some(user), detail).await?;
        Ok(tx.commit().await?)
    }

    /// Waits for the turn to change who may do what, and looks at the actor again, as [`Usecases::take_turn`] does: in this salon.
    async fn take_turn_in(&self, tx: &mut Tx, admin: &Admin, salon: SalonId, role: Role) -> Result<Actor, Error> {
        role_grants::lock(tx).await?;
        let alive = sessions::find_alive(tx, admin.actor().session.id, self.parts.clock.now()).await?;
        let (session, user) = alive.ok_or(Error::SessionEnded)?;
        let actor = Actor { user, session };
        salons::find(tx, salon).await?.ok_or(Error::NotFound)?;
        if role == Role::Owner && actor.require(Permission::SalonOpen).is_ok() {
            return Ok(actor);
        }
        let roles = salon_grants::list_roles(tx, salon, actor.user.id).await?;
        // Of the roles in force: one in a salon is none before the phone is proved.
        let mut held = roles.into_iter().filter(|held| actor.user.roles.contains(held)).peekable();
        if held.peek().is_none() {
            return Err(if actor.require(Permission::SalonOpen).is_ok() { Error::Forbidden } else { Error::NotFound });
        }
        if held.any(|held| may_grant(held, role)) { Ok(actor) } else { Err(Error::Forbidden) }
    }
}

/// Whether who holds a role in a salon may give and take another there.
pub fn may_grant(held: Role, role: Role) -> bool {
    if matches!(role, Role::Owner | Role::Manager) {
        held.may(Permission::SalonManage)
    } else {
        held.may(Permission::StaffManage)
    }
}

/// Whoever may neither staff a salon nor set one up is told so before anything is looked up.
fn require_some(admin: &Admin) -> Result<(), Error> {
    admin.require(Permission::SalonOpen).or_else(|_| admin.require(Permission::StaffManage)).map(drop)
}
