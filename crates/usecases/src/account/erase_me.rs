//! Erasure: the identity goes, the row stays (salon.md §5).

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::keys::LimitKey;
use domain::review::{Review, ReviewStatus, tells_of};
use domain::role::Role;
use domain::session::EndReason;
use domain::user::User;
use serde_json::json;
use store::{
    StoreError, Tx, booking_events, bookings, bulk_runs, challenges, devices, erasures, idempotency_keys, outbox,
    privacy_requests, reviews, role_grants, second_factors, sessions, user_notes, users,
};

use crate::{Actor, Error, Usecases};

impl Usecases {
    /// Erases the actor: phone, names and e-mail go, every session ends. A keyed hash of the phone stays in the erasure log, so
    /// that a restored backup can repeat it; limits of the phone stay as they are.
    ///
    /// # Errors
    /// `SessionEnded` when it happened already, `Conflict` (nobody else runs the platform), `Unavailable`.
    pub async fn erase_me(&self, actor: &Actor) -> Result<(), Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.write().await?;
        if actor.user.roles.contains(&Role::PlatformAdmin) {
            role_grants::lock(&mut tx).await?;
            if role_grants::count_others(&mut tx, actor.user.id, Role::PlatformAdmin).await? == 0 {
                return Err(Error::Conflict);
            }
        }
        let user = users::lock(&mut tx, actor.user.id).await?.ok_or(Error::SessionEnded)?;
        if !self.erase_and_remember(&mut tx, &user, now).await? {
            return Err(Error::SessionEnded);
        }
        self.audit_self(&mut tx, actor, "erased", json!({})).await?;
        Ok(tx.commit().await?)
    }

    /// Erases somebody and writes it into the log of erasures: whether there was anybody left to erase. Call it with the person locked.
    pub(crate) async fn erase_and_remember(&self, tx: &mut Tx, user: &User, now: DateTime<Utc>) -> Result<bool, StoreError> {
        if !erase(tx, user.id, now).await? {
            return Ok(false);
        }
        // Whoever lost their number to its new owner has none to be remembered by: a restored backup finds them by id.
        let phone_key = user.phone.as_ref().map_or(LimitKey([0; 16]), |phone| LimitKey::phone(self.parts.keys.pepper(), phone));
        erasures::insert(tx, &erasures::Erasure { user_id: user.id, phone_key, erased_at: now }).await?;
        Ok(true)
    }
}

/// Removes everything that says who a person is, and all they are signed in with: whether there was anything left to remove.
/// Call it with the person locked. Of what is held in a new table nothing may be left that says who they are: a test
/// (`crates/usecases/tests/erasure.rs`) puts them into every column there is and looks for them afterwards.
pub(crate) async fn erase(tx: &mut Tx, id: UserId, now: DateTime<Utc>) -> Result<bool, StoreError> {
    let Some(user) = users::find(tx, id).await? else { return Ok(false) };
    if users::update_erased(tx, id, now).await?.is_none() {
        return Ok(false);
    }
    tx.run(sessions::update_ended_others(id, None, EndReason::Erased, now)).await?;
    tx.run(sessions::update_anonymised(id)).await?;
    devices::update_revoked_for_user(tx, id, now).await?;
    second_factors::delete_for_user(tx, id).await?;
    user_notes::delete_for_user(tx, id).await?;
    tx.run(privacy_requests::update_erased(id, now)).await?;
    tx.run(bulk_runs::delete_person(id)).await?;
    tx.run(bulk_runs::update_anonymised(id)).await?;
    // Challenges before messages, as a purge does, whose deletion of the former reaches into the latter.
    challenges::delete_for_user(tx, id).await?;
    outbox::update_anonymised(tx, id).await?;
    if let Some(phone) = &user.phone {
        outbox::update_ownerless_anonymised(tx, phone).await?;
    }
    take_words_out(tx, &user, now).await?;
    Ok(true)
}

/// Bookings stay, without a word of theirs. What they said of visits stays too, said by a former customer, as far as all read it and it
/// does not say who they were.
async fn take_words_out(tx: &mut Tx, user: &User, now: DateTime<Utc>) -> Result<(), StoreError> {
    tx.run(bookings::update_anonymised(user.id)).await?;
    tx.run(booking_events::update_anonymised(user.id)).await?;
    tx.run(idempotency_keys::delete_for_user(user.id)).await?;
    let names: Vec<&str> = [&user.given_name, &user.family_name].into_iter().flatten().map(String::as_str).collect();
    for old in reviews::list_for_customer(tx, user.id).await? {
        let is_public = old.status == ReviewStatus::Published;
        let may_stay = |text: &String| is_public && !tells_of(text, &names);
        let review = Review {
            text: old.text.clone().filter(may_stay),
            reply: old.reply.clone().filter(may_stay),
            changed_at: now,
            ..old.clone()
        };
        tx.run(reviews::update(&review, old.changed_at)).await?;
    }
    Ok(())
}
