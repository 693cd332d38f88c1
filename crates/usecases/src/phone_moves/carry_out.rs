//! What a proof does to two accounts, and the text that tells the number that was left.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::OutboxId;
use domain::message::MessageKind;
use domain::notice::NoticeKind;
use domain::phone::{Mask, PhoneNumber};
use domain::phone_move::PhoneMove;
use domain::user::User;
use serde_json::json;
use store::{StoreError, Tx, audit, outbox, phone_moves};

use super::people::{Held, People, clear, sign_out};
use crate::Usecases;

/// A notice to the number that was left is worth sending for a day.
const NOTICE_LIFE: TimeDelta = TimeDelta::hours(24);

impl Usecases {
    /// Takes the number from whoever loses it, makes room, and gives it to whoever gains it. Both are signed out everywhere: what was
    /// signed in to them was signed in by another number.
    pub(super) async fn carry_out(
        &self,
        tx: &mut Tx,
        done: &PhoneMove,
        people: &People,
        held: &Held,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        guarded(tx.run(phone_moves::update_done(done)).await?)?;
        if let Some(loser) = done.loser {
            guarded(tx.run(phone_moves::update_lost(loser, now)).await?)?;
            sign_out(tx, loser, now).await?;
            let action = if done.is_merge() { "account_merged" } else { "phone_taken_over" };
            let entry = self.entry_by("owner", action, Some(loser), json!({ "from": done.phone.masked(Mask::M2) }));
            tx.run(audit::insert(&entry)).await?;
        }
        clear(tx, held, now).await?;
        if let Some(gainer) = people.get(done.gainer) {
            guarded(tx.run(phone_moves::update_gained(gainer.id, &done.phone, now)).await?)?;
            sign_out(tx, gainer.id, now).await?;
            let old = done.old_phone.as_ref().map(|phone| phone.masked(Mask::M2));
            let detail = json!({ "from": old, "to": done.phone.masked(Mask::M2) });
            let entry = self.entry_by("owner", NoticeKind::PhoneChanged.as_str(), Some(gainer.id), detail);
            tx.run(audit::insert(&entry)).await?;
            if let Some(old) = &done.old_phone {
                self.tell_left(tx, gainer, old, now).await?;
            }
        }
        Ok(())
    }

    /// Tells a number that an account has left it.
    pub(super) async fn tell_left(
        &self,
        tx: &mut Tx,
        user: &User,
        left: &PhoneNumber,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let notice = outbox::NewMessage {
            id: self.parts.rng.id_v7::<OutboxId>(now),
            kind: MessageKind::PhoneChanged,
            user_id: Some(user.id),
            challenge_id: None,
            phone: left.clone(),
            locale: user.locale,
            expires_at: now + NOTICE_LIFE,
            now,
        };
        tx.run(self.budget_place_of_notice(&notice)).await?;
        tx.run(outbox::insert(&notice)).await?;
        Ok(())
    }
}

/// What was read under a lock is still so.
pub(super) fn guarded(is_done: bool) -> Result<(), StoreError> {
    if is_done { Ok(()) } else { Err(StoreError::Inconsistent("somebody changed under a lock".into())) }
}
