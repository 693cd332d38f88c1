//! The end: what waited too long has expired, what was done stays, and whole numbers are forgotten. Once a merge stays, its two accounts are
//! one: what was texted to the one, what it booked and said is the other's, and the rest of it is removed.

use chrono::{DateTime, Utc};
use domain::phone_move::{MoveState, PhoneMove};
use domain::user::UserStatus;
use serde_json::json;
use store::{audit, bookings, phone_moves, reviews};

use super::people::lock;
use crate::account::erase_me::erase;
use crate::{Error, Usecases};

/// At a time.
const BATCH: u32 = 100;

impl Usecases {
    /// Forgets those of which nothing can come any more: how many.
    pub(crate) async fn settle_phone_moves(&self) -> Result<u64, Error> {
        let now = self.parts.clock.now();
        let mut total = 0;
        loop {
            let over = phone_moves::list_over(&mut self.parts.store.read().await?, now, BATCH).await?;
            let mut settled = 0;
            for one in &over {
                settled += u64::from(self.settle_one(one, now).await?);
            }
            total += settled;
            // Another process is at the same ones.
            if settled == 0 || over.len() < BATCH as usize {
                return Ok(total);
            }
        }
    }

    /// Whether it was still there.
    async fn settle_one(&self, seen: &PhoneMove, now: DateTime<Utc>) -> Result<bool, Error> {
        let mut tx = self.parts.store.write().await?;
        let people = lock(&mut tx, [seen.gainer, seen.loser]).await?;
        let Some(last) = phone_moves::lock(&mut tx, seen.id).await?.filter(|last| last.over_at <= now) else {
            return Ok(false);
        };
        if last.stored == MoveState::Pending {
            self.audit_expired(&mut tx, &last).await?;
        }
        let both = people.get(last.gainer).zip(people.get(last.loser));
        let merged = both.filter(|_| last.stored == MoveState::Done && last.is_merge());
        // Whoever has a number again by now was somebody else after all.
        if let Some((gainer, loser)) = merged.filter(|(_, loser)| loser.status == UserStatus::Phoneless) {
            // Whoever had themselves erased since was both of them.
            if gainer.status != UserStatus::Erased {
                tx.run(phone_moves::update_messages(loser.id, gainer.id)).await?;
                tx.run(bookings::update_customer(loser.id, gainer.id)).await?;
                tx.run(reviews::update_customer(loser.id, gainer.id)).await?;
            }
            if erase(&mut tx, loser.id, now).await? {
                let entry = self.entry_by("limits", "erased", Some(loser.id), json!({ "is_merged": true }));
                tx.run(audit::insert(&entry)).await?;
            }
        }
        let was_there = tx.run(phone_moves::delete(last.id)).await?;
        tx.commit().await?;
        Ok(was_there)
    }
}
