//! Asking for a number to be moved. Nothing changes yet: it waits for the owner of the number.

use chrono::{DateTime, Utc};
use domain::ids::{PhoneMoveId, UserId};
use domain::permission::Permission;
use domain::phone::{Mask, PhoneNumber};
use domain::phone_move::{Ask, MoveKind, MoveState, PhoneMove, Refusal, Step};
use serde_json::json;
use store::{StoreError, Tx, audit, phone_moves};

use super::people::lock;
use crate::{Actor, Admin, Error, Usecases};

/// What an admin asks for.
#[derive(Clone, Debug)]
pub struct AskPhoneMove {
    /// Whose account: the one that stays.
    pub user: UserId,
    /// Of which kind. A recycled number that is their own is given up to somebody who has no account yet.
    pub kind: MoveKind,
    /// The number, in any form a person may type.
    pub phone: String,
}

impl Usecases {
    /// Asks for a number to be moved.
    ///
    /// # Errors
    /// `Forbidden`, `SecondFactorRequired`, `StepUpRequired`, `InvalidPhone`, `NotFound`, `MoveRefused`, `Unavailable`.
    pub async fn ask_phone_move(&self, admin: &Admin, input: &AskPhoneMove) -> Result<PhoneMove, Error> {
        let actor = admin.require(Permission::PeopleChangePhone)?;
        self.require_step_up(actor)?;
        let phone = self.read_phone(&input.phone)?;
        self.settle(async || self.try_ask(actor, input, &phone).await).await
    }

    async fn try_ask(&self, actor: &Actor, input: &AskPhoneMove, phone: &PhoneNumber) -> Result<Option<PhoneMove>, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        let holder = self.find_held(&mut tx, phone, now).await?.holder();
        let people = lock(&mut tx, [Some(input.user), holder]).await?;
        if self.find_held(&mut tx, phone, now).await?.holder() != holder {
            return Ok(None);
        }
        let user = people.get(Some(input.user)).ok_or(Error::NotFound)?;
        let gives_up = input.kind == MoveKind::Recycled && holder == Some(user.id);
        let new = PhoneMove::ask(&Ask {
            id: self.parts.rng.id_v7::<PhoneMoveId>(now),
            kind: input.kind,
            phone: phone.clone(),
            gainer: Some(user).filter(|_| !gives_up),
            holder: people.get(holder),
            by: actor.user.id,
            now,
        })
        .map_err(Error::MoveRefused)?;
        let mut waiting = phone_moves::list_waiting(&mut tx, user.id, holder.unwrap_or(user.id)).await?;
        waiting.extend(phone_moves::find_waiting(&mut tx, phone).await?);
        for old in waiting {
            self.expire(&mut tx, &old, now).await?;
        }
        tx.run(phone_moves::insert(&new)).await.map_err(|error| match error {
            StoreError::Unique { .. } => Error::MoveRefused(Refusal::AlreadyAsked),
            other => other.into(),
        })?;
        let detail = json!({ "kind": new.kind.as_str(), "to": phone.masked(Mask::M2) });
        for subject in new.people() {
            self.audit_admin(&mut tx, actor, "phone_move_asked", Some(subject), detail.clone()).await?;
        }
        tx.commit().await?;
        Ok(Some(new))
    }

    /// Writes down that one waited too long.
    async fn expire(&self, tx: &mut Tx, waiting: &PhoneMove, now: DateTime<Utc>) -> Result<(), Error> {
        let expired = waiting.step(Step::Expire, now).map_err(|_| Error::MoveRefused(Refusal::AlreadyAsked))?;
        if tx.run(phone_moves::update(&expired, MoveState::Pending)).await? {
            self.audit_expired(tx, &expired).await?;
        }
        Ok(())
    }

    pub(super) async fn audit_expired(&self, tx: &mut Tx, expired: &PhoneMove) -> Result<(), Error> {
        let detail = json!({ "kind": expired.kind.as_str(), "to": expired.phone.masked(Mask::M2) });
        for subject in expired.people() {
            let entry = self.entry_by("limits", "phone_move_expired", Some(subject), detail.clone());
            tx.run(audit::insert(&entry)).await?;
        }
        Ok(())
    }
}
