//! Taking it back, within a day: both accounts have the numbers they had. Nothing is taken from anybody who has proved a number since.

use domain::ids::UserId;
use domain::notice::NoticeKind;
use domain::permission::Permission;
use domain::phone::Mask;
use domain::phone_move::{Before, MoveState, PhoneMove, Refusal};
use serde_json::json;
use store::{StoreError, Tx, phone_moves, users};

use super::carry_out::guarded;
use super::people::{Held, People, clear, lock, sign_out};
use crate::{Actor, Admin, Error, Usecases};

impl Usecases {
    /// Takes back what was done last to a person's number.
    ///
    /// # Errors
    /// `Forbidden`, `SecondFactorRequired`, `StepUpRequired`, `NotFound`, `MoveRefused`, `Unavailable`.
    pub async fn undo_phone_move(&self, admin: &Admin, user: UserId) -> Result<PhoneMove, Error> {
        let actor = admin.require(Permission::PeopleChangePhone)?;
        self.require_step_up(actor)?;
        self.settle(async || self.try_undo(actor, user).await).await
    }

    async fn try_undo(&self, actor: &Actor, user: UserId) -> Result<Option<PhoneMove>, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        users::find(&mut tx, user).await?.ok_or(Error::NotFound)?;
        let last = phone_moves::find_last(&mut tx, user).await?.ok_or(Error::MoveRefused(Refusal::Over))?;
        let held = self.find_held(&mut tx, &last.phone, now).await?.holder();
        let old = self.find_old(&mut tx, &last).await?.holder();
        let people = lock(&mut tx, [last.gainer, last.loser, held, old]).await?;
        let done = phone_moves::lock(&mut tx, last.id).await?.ok_or(Error::MoveRefused(Refusal::Over))?;
        let (at_number, at_old) = (self.find_held(&mut tx, &done.phone, now).await?, self.find_old(&mut tx, &done).await?);
        if at_number.holder() != held || at_old.holder() != old {
            return Ok(None);
        }
        let (gainer, loser) = (people.get(done.gainer), people.get(done.loser));
        let before = Before { gainer, loser, old_holder: old, holder: held };
        let undone = done.undo(before, now).map_err(Error::MoveRefused)?;
        match self.give_back(&mut tx, actor, &undone, &people, [&at_number, &at_old]).await {
            Err(Error::Conflict) => return Ok(None),
            other => other?,
        }
        tx.commit().await?;
        self.outbox_filled.notify_one();
        Ok(Some(undone))
    }

    /// Whose the number is that the gainer had before.
    async fn find_old(&self, tx: &mut Tx, done: &PhoneMove) -> Result<Held, StoreError> {
        match &done.old_phone {
            Some(old) => self.find_held(tx, old, self.parts.clock.now()).await,
            None => Ok(Held::default()),
        }
    }

    /// `Conflict` when a row has come to stand in the way this very moment.
    async fn give_back(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        undone: &PhoneMove,
        people: &People,
        numbers: [&Held; 2],
    ) -> Result<(), Error> {
        let now = undone.changed_at;
        let in_the_way = |error| match error {
            StoreError::Unique { .. } => Error::Conflict,
            other => Error::from(other),
        };
        guarded(tx.run(phone_moves::update(undone, MoveState::Done)).await?)?;
        for held in numbers {
            clear(tx, held, now).await?;
        }
        let (to, from) = (undone.old_phone.as_ref(), &undone.phone);
        if let Some(gainer) = people.get(undone.gainer) {
            let write = match to {
                Some(old) => phone_moves::update_returned(gainer.id, old, undone.id, now),
                None => phone_moves::update_lost(gainer.id, now),
            };
            guarded(tx.run(write).await.map_err(in_the_way)?)?;
            sign_out(tx, gainer.id, now).await?;
            self.tell_left(tx, gainer, from, now).await?;
            let detail = json!({ "from": from.masked(Mask::M2), "to": to.map(|old| old.masked(Mask::M2)), "is_undone": true });
            self.audit_admin(tx, actor, NoticeKind::PhoneChanged.as_str(), Some(gainer.id), detail).await?;
        }
        if let Some(loser) = undone.loser {
            let write = phone_moves::update_returned(loser, from, undone.id, now);
            guarded(tx.run(write).await.map_err(in_the_way)?)?;
            let detail = json!({ "to": from.masked(Mask::M2), "is_undone": true });
            self.audit_admin(tx, actor, "phone_given_back", Some(loser), detail).await?;
        }
        Ok(())
    }
}
