//! What the database holds, row by row, for comparing it with what callers were told.

use chrono::{DateTime, Utc};
use sqlx::FromRow;
use uuid::Uuid;

use crate::{Instant, Store, StoreError};

/// A row of `challenges`.
#[derive(Clone, Debug, FromRow)]
pub struct ChallengeFact {
    /// Key.
    pub challenge_id: Uuid,
    /// Whose.
    pub user_id: Uuid,
    /// To whom.
    pub phone: String,
    /// Guesses counted.
    pub attempts: i32,
    /// Guesses it bears.
    pub max_attempts: i32,
    /// When it was asked for, by the clock of the process that was asked.
    created_at: Instant,
    /// The end of its life.
    expires_at: Instant,
    /// When it was used up.
    consumed_at: Option<Instant>,
}

impl ChallengeFact {
    /// When it was asked for.
    pub fn created_at(&self) -> DateTime<Utc> {
        self.created_at.0
    }

    /// The end of its life.
    pub fn expires_at(&self) -> DateTime<Utc> {
        self.expires_at.0
    }

    /// Whether it was used up.
    pub fn is_consumed(&self) -> bool {
        self.consumed_at.is_some()
    }
}

/// A row of `outbox`.
#[derive(Clone, Debug, FromRow)]
pub struct MessageFact {
    /// Key, and the idempotency key at the provider.
    pub outbox_id: Uuid,
    /// The code's challenge.
    pub challenge_id: Option<Uuid>,
    /// To whom.
    pub phone: Option<String>,
    /// Where it stands.
    pub state: String,
    /// Leases so far.
    pub attempts: i32,
    created_at: Instant,
    expires_at: Instant,
    finished_at: Option<Instant>,
    /// What was reported of it.
    pub report: Option<String>,
    reported_at: Option<Instant>,
}

impl MessageFact {
    /// When it was written.
    pub fn created_at(&self) -> DateTime<Utc> {
        self.created_at.0
    }

    /// Not to be sent after this.
    pub fn expires_at(&self) -> DateTime<Utc> {
        self.expires_at.0
    }

    /// When its report moved it.
    pub fn reported_at(&self) -> Option<DateTime<Utc>> {
        self.reported_at.map(|at| at.0)
    }

    /// Whether it was sent, failed or ran out.
    pub fn is_final(&self) -> bool {
        self.finished_at.is_some()
    }
}

/// A row of `sessions`.
#[derive(Clone, Debug, FromRow)]
pub struct SessionFact {
    /// Key.
    pub session_id: Uuid,
    /// Whose.
    pub user_id: Uuid,
    /// Why it is over, if it is.
    pub end_reason: Option<String>,
}

/// Everything at once.
#[derive(Clone, Debug)]
pub struct Facts {
    /// All codes that were asked for.
    pub challenges: Vec<ChallengeFact>,
    /// All messages.
    pub messages: Vec<MessageFact>,
    /// All sessions.
    pub sessions: Vec<SessionFact>,
}

const CHALLENGES: &str =
    "SELECT challenge_id, user_id, phone, attempts, max_attempts, created_at, expires_at, consumed_at FROM challenges";
const MESSAGES: &str = "SELECT outbox_id, challenge_id, phone, state, attempts, created_at, expires_at, finished_at, report, reported_at FROM outbox";
const SESSIONS: &str = "SELECT session_id, user_id, end_reason FROM sessions";

/// Reads everything.
///
/// # Errors
/// `Unavailable`.
pub async fn read(store: &Store) -> Result<Facts, StoreError> {
    let mut tx = store.read().await?;
    Ok(Facts {
        challenges: fetch!(&mut tx, fetch_all, ChallengeFact, CHALLENGES)?,
        messages: fetch!(&mut tx, fetch_all, MessageFact, MESSAGES)?,
        sessions: fetch!(&mut tx, fetch_all, SessionFact, SESSIONS)?,
    })
}

const UNFINISHED: &str = "SELECT CAST(count(*) AS BIGINT) FROM outbox WHERE finished_at IS NULL";

/// How many messages have not reached a final state, run out or not.
///
/// # Errors
/// `Unavailable`.
pub async fn unfinished(store: &Store) -> Result<i64, StoreError> {
    let (count,) = fetch!(&mut store.read().await?, fetch_one, (i64,), UNFINISHED)?;
    Ok(count)
}

/// A table and what it takes.
#[derive(Clone, Debug)]
pub struct TableSize {
    /// Its name.
    pub table: &'static str,
    /// Rows.
    pub rows: i64,
    /// Bytes with indexes; 0 on `SQLite`, which does not tell.
    pub bytes: i64,
}

macro_rules! size_of {
    ($($table:literal),+) => {
        [$((
            $table,
            crate::dialect::Wording {
                sqlite: concat!("SELECT CAST(count(*) AS BIGINT), CAST(0 AS BIGINT) FROM ", $table),
                postgres: concat!("SELECT CAST(count(*) AS BIGINT), pg_total_relation_size('", $table, "') FROM ", $table),
            },
        )),+]
    };
}

/// How large the tables are that grow with use.
///
/// # Errors
/// `Unavailable`.
pub async fn sizes(store: &Store) -> Result<Vec<TableSize>, StoreError> {
    let mut tx = store.read().await?;
    let mut sizes = Vec::new();
    for (table, sql) in size_of!(
        "users",
        "challenges",
        "outbox",
        "delivery_reports",
        "sessions",
        "refresh_families",
        "devices",
        "limit_keys",
        "fraud_counters",
        "audit"
    ) {
        let (rows, bytes) = fetch!(&mut tx, fetch_one, (i64, i64), sql.of(store.backend()))?;
        sizes.push(TableSize { table, rows, bytes });
    }
    Ok(sizes)
}
