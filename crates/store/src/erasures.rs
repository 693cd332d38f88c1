//! `erasures`: who was erased, so that a restored backup can be made to forget them again.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::keys::LimitKey;
use sqlx::FromRow;
use uuid::Uuid;

use crate::{Instant, StoreError, Tx};

/// One erased person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Erasure {
    /// Who.
    pub user_id: UserId,
    /// The keyed hash of the phone they had.
    pub phone_key: LimitKey,
    /// When.
    pub erased_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct ErasureRow {
    user_id: Uuid,
    phone_key: Vec<u8>,
    erased_at: Instant,
}

impl TryFrom<ErasureRow> for Erasure {
    type Error = StoreError;

    fn try_from(row: ErasureRow) -> Result<Self, StoreError> {
        let key = row.phone_key.try_into().map_err(|_| StoreError::Inconsistent("erasures.phone_key is not 16 bytes".into()))?;
        Ok(Self { user_id: UserId(row.user_id), phone_key: LimitKey(key), erased_at: row.erased_at.0 })
    }
}

const INSERT: &str = "INSERT INTO erasures (user_id, phone_key, erased_at) VALUES ($1, $2, $3)";

/// Remembers that somebody was erased.
pub async fn insert(tx: &mut Tx, erasure: &Erasure) -> Result<(), StoreError> {
    execute!(tx, INSERT, erasure.user_id.0, &erasure.phone_key.0[..], Instant(erasure.erased_at)).map(|_| ())
}

const INSERT_MISSING: &str =
    "INSERT INTO erasures (user_id, phone_key, erased_at) VALUES ($1, $2, $3) ON CONFLICT (user_id) DO NOTHING";

/// Remembers an erasure that a restored database has forgotten: whether it had.
pub async fn insert_missing(tx: &mut Tx, erasure: &Erasure) -> Result<bool, StoreError> {
    execute!(tx, INSERT_MISSING, erasure.user_id.0, &erasure.phone_key.0[..], Instant(erasure.erased_at)).map(|rows| rows > 0)
}

const LIST: &str = "SELECT user_id, phone_key, erased_at FROM erasures ORDER BY erased_at, user_id";

/// Everybody who was erased, oldest first.
pub async fn list(tx: &mut Tx) -> Result<Vec<Erasure>, StoreError> {
    fetch!(tx, fetch_all, ErasureRow, LIST)?.into_iter().map(Erasure::try_from).collect()
}
