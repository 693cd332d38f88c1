//! `idempotency_keys`: the first answer to a request, for whoever asks again.

use chrono::{DateTime, Utc};
use domain::ids::{BookingId, UserId};
use sqlx::FromRow;
use uuid::Uuid;

use crate::read::hash;
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It was about this booking.
    Booking(BookingId),
    /// It was refused with this code.
    Refusal(String),
}

/// A request and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// Of what was asked: the same key with another request is a mistake.
    pub request_hash: [u8; 32],
    /// The answer.
    pub answer: Answer,
    /// When.
    pub created_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct KeyRow {
    request_hash: Vec<u8>,
    booking_id: Option<Uuid>,
    refusal: Option<String>,
    created_at: Instant,
}

impl TryFrom<KeyRow> for Remembered {
    type Error = StoreError;

    fn try_from(row: KeyRow) -> Result<Self, StoreError> {
        let answer = match (row.booking_id, row.refusal) {
            (Some(id), _) => Answer::Booking(BookingId(id)),
            (None, Some(code)) => Answer::Refusal(code),
            (None, None) => return Err(StoreError::Inconsistent("idempotency_keys has a row without an answer".into())),
        };
        let request_hash = hash(row.request_hash, "idempotency_keys.request_hash")?;
        Ok(Self { request_hash, answer, created_at: row.created_at.0 })
    }
}

pub(crate) const FIND: &str = "SELECT request_hash, booking_id, refusal, created_at FROM idempotency_keys WHERE user_id = $1 AND key = $2 AND created_at > $3";

/// What was answered to a key since then.
pub async fn find(tx: &mut Tx, user: UserId, key: &str, since: DateTime<Utc>) -> Result<Option<Remembered>, StoreError> {
    fetch!(tx, fetch_optional, KeyRow, FIND, user.0, key, Instant(since))?.map(Remembered::try_from).transpose()
}

// An answer that is too old to be given again makes room, whether or not it was forgotten already.
const UPSERT: &str = "INSERT INTO idempotency_keys (user_id, key, request_hash, booking_id, refusal, created_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (user_id, key) DO UPDATE SET request_hash = excluded.request_hash,
    booking_id = excluded.booking_id, refusal = excluded.refusal, created_at = excluded.created_at
    WHERE idempotency_keys.created_at <= $7";

/// The answer to a key. Touches no row when another request with it was answered since `since`.
pub fn upsert<'a>(user: UserId, key: &'a str, answer: &'a Remembered, since: DateTime<Utc>) -> Write<'a> {
    let (booking, refusal) = match &answer.answer {
        Answer::Booking(id) => (Some(id.0), None),
        Answer::Refusal(code) => (None, Some(code.as_str())),
    };
    write_of!(UPSERT, user.0, key, answer.request_hash.as_slice(), booking, refusal, Instant(answer.created_at), Instant(since))
}

const DELETE_FOR_USER: &str = "DELETE FROM idempotency_keys WHERE user_id = $1";

/// Forgets the keys of somebody.
pub fn delete_for_user(user: UserId) -> Write<'static> {
    write_of!(DELETE_FOR_USER, user.0)
}

pub(crate) const DELETE_BEFORE: &str =
    "DELETE FROM idempotency_keys WHERE created_at < $1 AND (user_id, key) IN (SELECT user_id, key FROM idempotency_keys
    WHERE created_at < $1 ORDER BY created_at LIMIT $2)";

/// Forgets up to `limit` answers from before `before`: how many.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}
