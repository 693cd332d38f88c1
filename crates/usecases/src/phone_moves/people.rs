//! The people of a move, locked, and whose a number is.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::phone::PhoneNumber;
use domain::session::EndReason;
use domain::user::{User, UserStatus};
use store::{StoreError, Tx, challenges, devices, sessions, users};

use crate::Usecases;
use crate::account::erase_me::erase;

/// People whom nobody else changes until the transaction ends.
pub(super) struct People(BTreeMap<UserId, User>);

impl People {
    pub(super) fn get(&self, id: Option<UserId>) -> Option<&User> {
        self.0.get(&id?)
    }
}

/// Locks people, always in the same order, so that two moves of the same people never wait for each other.
pub(super) async fn lock(tx: &mut Tx, ids: impl IntoIterator<Item = Option<UserId>>) -> Result<People, StoreError> {
    let mut people = BTreeMap::new();
    for id in ids.into_iter().flatten().collect::<BTreeSet<_>>() {
        if let Some(user) = users::lock(tx, id).await? {
            people.insert(id, user);
        }
    }
    Ok(People(people))
}

/// Whose a number is: somebody's who has proved it, or nobody's, with what may have been left there.
#[derive(Default)]
pub(super) struct Held {
    /// Who has proved it.
    pub(super) by: Option<User>,
    /// Who has not, or testers whose time is over. They never stand in its owner's way (contract §1.4).
    leftover: Option<User>,
}

impl Held {
    pub(super) fn holder(&self) -> Option<UserId> {
        self.by.as_ref().map(|user| user.id)
    }
}

impl Usecases {
    pub(super) async fn find_held(&self, tx: &mut Tx, phone: &PhoneNumber, now: DateTime<Utc>) -> Result<Held, StoreError> {
        let user = users::find_by_phone(tx, phone).await?;
        let is_nobodys = |user: &User| {
            let was_never_proved = user.status == UserStatus::Pending && user.is_unclaimed();
            was_never_proved || self.is_lapsed(user, now)
        };
        Ok(match user {
            Some(user) if is_nobodys(&user) => Held { by: None, leftover: Some(user) },
            by => Held { by, leftover: None },
        })
    }
}

/// Makes room at a number that is nobody's.
pub(super) async fn clear(tx: &mut Tx, held: &Held, now: DateTime<Utc>) -> Result<(), StoreError> {
    match &held.leftover {
        Some(user) if user.is_unclaimed() => users::delete_unclaimed(tx, user.id).await.map(drop),
        Some(user) => erase(tx, user.id, now).await.map(drop),
        None => Ok(()),
    }
}

/// Ends all that somebody is signed in with, and every code that was asked for.
pub(super) async fn sign_out(tx: &mut Tx, user: UserId, now: DateTime<Utc>) -> Result<(), StoreError> {
    tx.run(sessions::update_ended_others(user, None, EndReason::PhoneChanged, now)).await?;
    devices::update_revoked_for_user(tx, user, now).await?;
    challenges::delete_for_user(tx, user).await.map(drop)
}
