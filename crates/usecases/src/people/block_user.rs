//! Shutting a person out, and letting them in again.

use domain::error::{FieldError, ValidationError};
use domain::ids::UserId;
use domain::permission::Permission;
use domain::person::clean_text;
use domain::session::EndReason;
use domain::user::{REASON_MAX_CHARS, User, UserStatus};
use serde_json::json;
use store::{Tx, sessions, users};

use crate::{Admin, Error, Usecases};

impl Usecases {
    /// Blocks or unblocks a person. Blocking ends every session at once. For operators.
    ///
    /// # Errors
    /// `InvalidPhone`, `NotFound`, `Unavailable`.
    pub async fn block_user(&self, phone: &str, is_blocked: bool) -> Result<User, Error> {
        let phone = self.read_phone(phone)?;
        let mut tx = self.parts.store.write().await?;
        let user = users::find_by_phone(&mut tx, &phone).await?.ok_or(Error::NotFound)?;
        let changed = self.set_blocked(&mut tx, user.id, is_blocked).await?;
        let action = if is_blocked { "user_blocked" } else { "user_unblocked" };
        self.audit_operator(&mut tx, &user, action, json!({})).await?;
        tx.commit().await?;
        Ok(changed)
    }

    /// Blocks a person, for a reason that stays in the record. Blocking somebody who is blocked already changes nothing.
    ///
    /// # Errors
    /// `Forbidden` (themselves too), `Validation`, `NotFound`, `Conflict` (nobody is left to block), `SessionEnded` (the admin was blocked
    /// first), `Unavailable`.
    pub async fn block_person(&self, admin: &Admin, id: UserId, reason: &str) -> Result<User, Error> {
        let actor = admin.require(Permission::PeopleBlock)?;
        let reason = read_reason(reason)?;
        if id == actor.user.id {
            return Err(Error::Forbidden);
        }
        let mut tx = self.parts.store.write().await?;
        // Whoever blocks is an admin still and is not the one who is blocked: one is left.
        self.take_turn(&mut tx, actor, Permission::PeopleBlock).await?;
        let user = users::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        match user.status {
            UserStatus::Blocked => return Ok(user),
            // Neither can sign in: there is nobody to shut out.
            UserStatus::Erased | UserStatus::Phoneless => return Err(Error::Conflict),
            UserStatus::Pending | UserStatus::Active => {}
        }
        let user = self.set_blocked(&mut tx, id, true).await?;
        self.audit_admin(&mut tx, actor, "user_blocked", Some(id), json!({ "reason": reason })).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// Lets a person in again. What ended when they were blocked stays ended.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `SessionEnded`, `Unavailable`.
    pub async fn unblock_person(&self, admin: &Admin, id: UserId) -> Result<User, Error> {
        let actor = admin.require(Permission::PeopleBlock)?;
        let mut tx = self.parts.store.write().await?;
        self.take_turn(&mut tx, actor, Permission::PeopleBlock).await?;
        let user = users::lock(&mut tx, id).await?.ok_or(Error::NotFound)?;
        if user.status != UserStatus::Blocked {
            return Ok(user);
        }
        let user = self.set_blocked(&mut tx, id, false).await?;
        self.audit_admin(&mut tx, actor, "user_unblocked", Some(id), json!({})).await?;
        tx.commit().await?;
        Ok(user)
    }

    /// The change itself, in a transaction of whoever decided it and writes it down.
    pub(crate) async fn set_blocked(&self, tx: &mut Tx, id: UserId, is_blocked: bool) -> Result<User, Error> {
        let now = self.parts.clock.now();
        let user = users::update_blocked(tx, id, is_blocked, now).await?.ok_or(Error::NotFound)?;
        if is_blocked {
            tx.run(sessions::update_ended_others(id, None, EndReason::Blocked, now)).await?;
        }
        Ok(user)
    }
}

/// Why, in words that stay in the record.
pub(super) fn read_reason(raw: &str) -> Result<String, Error> {
    let wrong = |code| Error::Validation(vec![ValidationError::new("/reason", code)]);
    let reason = clean_text(raw).ok_or_else(|| wrong(FieldError::Required))?;
    if reason.chars().count() > REASON_MAX_CHARS { Err(wrong(FieldError::TooLong)) } else { Ok(reason) }
}
