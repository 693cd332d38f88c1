//! `phone_moves`: numbers that staff ask to be moved, and what it takes to take that back.

use chrono::{DateTime, Utc};
use domain::ids::{PhoneMoveId, UserId};
use domain::phone::PhoneNumber;
use domain::phone_move::{MoveKind, MoveState, PhoneMove};
use sqlx::FromRow;
use uuid::Uuid;

use crate::dialect::{Wording, select_and_lock};
use crate::read::{named, phone};
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

#[derive(FromRow)]
struct PhoneMoveRow {
    phone_move_id: Uuid,
    kind: String,
    state: String,
    phone: String,
    gainer_id: Option<Uuid>,
    loser_id: Option<Uuid>,
    old_phone: Option<String>,
    asked_by: Uuid,
    asked_at: Instant,
    changed_at: Instant,
    over_at: Instant,
}

impl TryFrom<PhoneMoveRow> for PhoneMove {
    type Error = StoreError;

    fn try_from(row: PhoneMoveRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: PhoneMoveId(row.phone_move_id),
            kind: named(&row.kind, "phone_moves.kind", MoveKind::parse)?,
            stored: named(&row.state, "phone_moves.state", MoveState::parse)?,
            phone: phone(&row.phone, "phone_moves.phone")?,
            gainer: row.gainer_id.map(UserId),
            loser: row.loser_id.map(UserId),
            old_phone: row.old_phone.as_deref().map(|text| phone(text, "phone_moves.old_phone")).transpose()?,
            asked_by: UserId(row.asked_by),
            asked_at: row.asked_at.0,
            changed_at: row.changed_at.0,
            over_at: row.over_at.0,
        })
    }
}

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT phone_move_id, kind, state, phone, gainer_id, loser_id, old_phone, asked_by, asked_at, changed_at, over_at
            FROM phone_moves ",
            $rest
        )
    };
}

const INSERT: &str =
    "INSERT INTO phone_moves (phone_move_id, kind, state, phone, gainer_id, loser_id, asked_by, asked_at, changed_at, over_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

/// Writes what begins to wait.
///
/// # Errors
/// [`StoreError::Unique`] when something waits already for the number or for one of the two (the transaction is lost on `PostgreSQL`).
pub fn insert(new: &PhoneMove) -> Write<'_> {
    write_of!(
        INSERT,
        new.id.0,
        new.kind.as_str(),
        new.stored.as_str(),
        new.phone.as_e164(),
        new.gainer.map(|id| id.0),
        new.loser.map(|id| id.0),
        new.asked_by.0,
        Instant(new.asked_at),
        Instant(new.changed_at),
        Instant(new.over_at)
    )
}

pub(crate) const FIND_WAITING: &str = select!("WHERE phone = $1 AND state = 'pending'");

/// What waits for this number, in time or not.
pub async fn find_waiting(tx: &mut Tx, phone: &PhoneNumber) -> Result<Option<PhoneMove>, StoreError> {
    fetch!(tx, fetch_optional, PhoneMoveRow, FIND_WAITING, phone.as_e164())?.map(PhoneMove::try_from).transpose()
}

pub(crate) const FIND_LAST: &str = select!(
    "WHERE phone_move_id = (SELECT half.phone_move_id FROM (
        SELECT phone_move_id, asked_at FROM (SELECT phone_move_id, asked_at FROM phone_moves WHERE gainer_id = $1
            ORDER BY asked_at DESC LIMIT 1) AS gained
        UNION ALL
        SELECT phone_move_id, asked_at FROM (SELECT phone_move_id, asked_at FROM phone_moves WHERE loser_id = $1
            ORDER BY asked_at DESC LIMIT 1) AS lost
    ) AS half ORDER BY half.asked_at DESC, half.phone_move_id DESC LIMIT 1)"
);

/// The last one that a person is part of, whichever part.
pub async fn find_last(tx: &mut Tx, user: UserId) -> Result<Option<PhoneMove>, StoreError> {
    fetch!(tx, fetch_optional, PhoneMoveRow, FIND_LAST, user.0)?.map(PhoneMove::try_from).transpose()
}

pub(crate) const LIST_WAITING: &str =
    select!("WHERE state = 'pending' AND (gainer_id IN ($1, $2) OR loser_id IN ($1, $2)) ORDER BY asked_at");

/// What waits for one of two people, whichever part they have in it.
pub async fn list_waiting(tx: &mut Tx, one: UserId, other: UserId) -> Result<Vec<PhoneMove>, StoreError> {
    fetch!(tx, fetch_all, PhoneMoveRow, LIST_WAITING, one.0, other.0)?.into_iter().map(PhoneMove::try_from).collect()
}

const LOCK: Wording = select_and_lock!("phone_moves", select!("WHERE phone_move_id = $1"));

/// This one; nobody else moves it on until this transaction ends. Lock its people before.
pub async fn lock(tx: &mut Tx, id: PhoneMoveId) -> Result<Option<PhoneMove>, StoreError> {
    let sql = LOCK.of(tx.backend());
    fetch!(tx, fetch_optional, PhoneMoveRow, sql, id.0)?.map(PhoneMove::try_from).transpose()
}

const UPDATE: &str = "UPDATE phone_moves SET state = $2, changed_at = $3, over_at = $4 WHERE phone_move_id = $1 AND state = $5";

/// Moves one on from the state `from`. Guarded: it is still there.
pub fn update(next: &PhoneMove, from: MoveState) -> Write<'_> {
    write_of!(UPDATE, next.id.0, next.stored.as_str(), Instant(next.changed_at), Instant(next.over_at), from.as_str()).guarded()
}

const UPDATE_DONE: &str = "UPDATE phone_moves SET state = $2, changed_at = $3, over_at = $4, loser_id = $5, old_phone = $6,
    old_verified_at = (SELECT phone_verified_at FROM users WHERE users.user_id = phone_moves.gainer_id)
    WHERE phone_move_id = $1 AND state = 'pending'";

/// It is proved: keeps what it takes to take it back. Before the people are changed. Guarded: it waited.
pub fn update_done(done: &PhoneMove) -> Write<'_> {
    write_of!(
        UPDATE_DONE,
        done.id.0,
        done.stored.as_str(),
        Instant(done.changed_at),
        Instant(done.over_at),
        done.loser.map(|id| id.0),
        done.old_phone.as_ref().map(PhoneNumber::as_e164)
    )
    .guarded()
}

pub(crate) const LIST_OVER: &str = select!("WHERE over_at <= $1 ORDER BY over_at, phone_move_id LIMIT $2");

/// Up to `limit` of which nothing can come any more, oldest first.
pub async fn list_over(tx: &mut Tx, now: DateTime<Utc>, limit: u32) -> Result<Vec<PhoneMove>, StoreError> {
    fetch!(tx, fetch_all, PhoneMoveRow, LIST_OVER, Instant(now), i64::from(limit))?.into_iter().map(PhoneMove::try_from).collect()
}

const DELETE: &str = "DELETE FROM phone_moves WHERE phone_move_id = $1";

/// Forgets one.
pub fn delete(id: PhoneMoveId) -> Write<'static> {
    write_of!(DELETE, id.0).guarded()
}

const UPDATE_GAINED: &str = "UPDATE users SET phone = $2, is_phone_verified = TRUE, phone_verified_at = $3, epoch = epoch + 1,
    status = CASE WHEN blocked_at IS NULL THEN 'active' ELSE 'blocked' END, updated_at = $3
    WHERE user_id = $1 AND status IN ('active', 'phoneless')";

/// They get a number that its owner has proved; all they were signed in with is dead. Guarded: they may have one.
///
/// # Errors
/// [`StoreError::Unique`] when somebody has it.
pub fn update_gained(user: UserId, phone: &PhoneNumber, now: DateTime<Utc>) -> Write<'_> {
    write_of!(UPDATE_GAINED, user.0, phone.as_e164(), Instant(now)).guarded()
}

const UPDATE_LOST: &str = "UPDATE users SET phone = NULL, status = 'phoneless', epoch = epoch + 1, updated_at = $2
    WHERE user_id = $1 AND phone IS NOT NULL";

/// They lose their number, and all they were signed in with. Everything else stays. Guarded: they had one.
pub fn update_lost(user: UserId, now: DateTime<Utc>) -> Write<'static> {
    write_of!(UPDATE_LOST, user.0, Instant(now)).guarded()
}

const UPDATE_RETURNED: &str = "UPDATE users SET phone = $2, epoch = epoch + 1, updated_at = $3,
    status = CASE WHEN blocked_at IS NULL THEN 'active' ELSE 'blocked' END,
    phone_verified_at = COALESCE((SELECT old_verified_at FROM phone_moves WHERE phone_move_id = $4 AND gainer_id = $1),
        phone_verified_at)
    WHERE user_id = $1 AND status <> 'erased'";

/// They have the number again that they had before this move, as proved as it was then. Guarded: they are there.
///
/// # Errors
/// [`StoreError::Unique`] when somebody has it.
pub fn update_returned(user: UserId, phone: &PhoneNumber, of: PhoneMoveId, now: DateTime<Utc>) -> Write<'_> {
    write_of!(UPDATE_RETURNED, user.0, phone.as_e164(), Instant(now), of.0).guarded()
}

const FIND_IS_NEWCOMER: &str = "SELECT 1 FROM users WHERE user_id = $1 AND claimed_at >= $2";

/// Whether they came to their number after this.
pub async fn find_is_newcomer(tx: &mut Tx, user: UserId, since: DateTime<Utc>) -> Result<bool, StoreError> {
    fetch!(tx, fetch_optional, (i32,), FIND_IS_NEWCOMER, user.0, Instant(since)).map(|row| row.is_some())
}

const UPDATE_MESSAGES: &str = "UPDATE outbox SET user_id = $2 WHERE user_id = $1";

/// What was texted to one account is the other's: the two were one person all along.
pub fn update_messages(from: UserId, to: UserId) -> Write<'static> {
    write_of!(UPDATE_MESSAGES, from.0, to.0)
}
