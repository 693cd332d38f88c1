//! What a purge needs besides `delete_before` of each table: its turn, people who may be forgotten, and what it would do.

use chrono::{DateTime, Utc};
use domain::ids::UserId;
use domain::retention::Kept;
use uuid::Uuid;

use crate::dialect::Wording;
use crate::read::{named, number};
use crate::{Backend, Instant, StoreError, Tx};

// The number is this lock's name ("SALON" in ASCII). The time-out is shorter than the second after which PostgreSQL looks for
// deadlocks: should a purge and a request ever wait for each other, it is the purge that gives way.
const LOCK: &str = "SELECT pg_advisory_xact_lock(357577805646), set_config('lock_timeout', '500', TRUE)";

/// Waits until no other purge deletes, on any node: two deletions that cascade into each other's rows could wait for each other.
/// Then makes this transaction the one that gives way: it waits half a second for a row at most. `SQLite` has one writer anyway.
pub async fn lock(tx: &mut Tx) -> Result<(), StoreError> {
    match tx.backend() {
        Backend::Sqlite => Ok(()),
        Backend::Postgres => execute!(tx, LOCK).map(|_| ()),
    }
}

/// Who came by themselves before `$before`, never proved the phone, has asked for no code since, and nothing else of us, and is not awaited in a
/// salon.
macro_rules! stale {
    ($before:literal) => {
        concat!(
            "users.status = 'pending' AND users.origin = 'self_service' AND users.created_at < ",
            $before,
            " AND NOT EXISTS (SELECT 1 FROM challenges WHERE challenges.user_id = users.user_id AND challenges.created_at >= ",
            $before,
            ") AND NOT EXISTS (SELECT 1 FROM privacy_requests WHERE privacy_requests.user_id = users.user_id)\
             AND NOT EXISTS (SELECT 1 FROM salon_grants WHERE salon_grants.user_id = users.user_id)\
             AND NOT EXISTS (SELECT 1 FROM bookings WHERE bookings.customer_id = users.user_id)"
        )
    };
}

pub(crate) use stale;

const DELETE_STALE_USER: &str = concat!("DELETE FROM users WHERE users.user_id = $1 AND ", stale!("$2"));

/// Forgets a person found by [`crate::users::list_stale_pending`]: whether they were still stale. Call it with the person locked: a
/// request for a code that was under way when they were listed is seen only then.
pub async fn delete_stale_user(tx: &mut Tx, id: UserId, before: DateTime<Utc>) -> Result<bool, StoreError> {
    execute!(tx, DELETE_STALE_USER, id.0, Instant(before)).map(|rows| rows > 0)
}

const DELETE_STALE_CHALLENGES: &str = concat!(
    "DELETE FROM challenges WHERE challenges.user_id = $1 AND EXISTS (SELECT 1 FROM users WHERE users.user_id = $1 AND ",
    stale!("$2"),
    ")"
);

/// Forgets the challenges of a person who goes next: how many. They would go with the person, uncounted.
pub async fn delete_stale_challenges(tx: &mut Tx, id: UserId, before: DateTime<Utc>) -> Result<u64, StoreError> {
    execute!(tx, DELETE_STALE_CHALLENGES, id.0, Instant(before))
}

/// Whose number is somebody else's since before `$before`, and who was nowhere signed in since. Whoever may have a number again, asks
/// something of us or has a role stays.
macro_rules! phoneless {
    ($before:literal) => {
        concat!(
            "users.status = 'phoneless' AND users.status <> 'active' AND users.updated_at < ",
            $before,
            " AND (users.last_seen_at IS NULL OR users.last_seen_at < ",
            $before,
            ") AND NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.user_id = users.user_id AND sessions.last_seen_at >= ",
            $before,
            ") AND NOT EXISTS (SELECT 1 FROM role_grants WHERE role_grants.user_id = users.user_id)
            AND NOT EXISTS (SELECT 1 FROM privacy_requests
                WHERE privacy_requests.user_id = users.user_id AND privacy_requests.closed_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM phone_moves WHERE phone_moves.gainer_id = users.user_id)
            AND NOT EXISTS (SELECT 1 FROM phone_moves WHERE phone_moves.loser_id = users.user_id)"
        )
    };
}

pub(crate) const LIST_PHONELESS: &str =
    concat!("SELECT users.user_id FROM users WHERE ", phoneless!("$1"), " ORDER BY users.user_id LIMIT $2");

/// Up to `limit` people who lost their number before `before` and were signed in nowhere since.
pub async fn list_phoneless(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<Vec<UserId>, StoreError> {
    let rows = fetch!(tx, fetch_all, (Uuid,), LIST_PHONELESS, Instant(before), i64::from(limit))?;
    Ok(rows.into_iter().map(|(id,)| UserId(id)).collect())
}

const FIND_IS_PHONELESS: &str = concat!("SELECT 1 FROM users WHERE users.user_id = $2 AND ", phoneless!("$1"));

/// Whether a person found by [`list_phoneless`] is still such a one. Call it with the person locked.
pub async fn find_is_phoneless(tx: &mut Tx, id: UserId, before: DateTime<Utc>) -> Result<bool, StoreError> {
    fetch!(tx, fetch_optional, (i32,), FIND_IS_PHONELESS, Instant(before), id.0).map(|row| row.is_some())
}

/// Before when everything goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// People who never proved their phone, by their last challenge.
    pub pending: DateTime<Utc>,
    /// People without a number, by when they lost it or were last signed in.
    pub phoneless: DateTime<Utc>,
    /// Messages, their reports and budgets.
    pub messages: DateTime<Utc>,
    /// Challenges.
    pub challenges: DateTime<Utc>,
    /// Sessions.
    pub sessions: DateTime<Utc>,
    /// Audit entries.
    pub audit: DateTime<Utc>,
    /// Requests about data, by when they were closed.
    pub requests: DateTime<Utc>,
    /// Consents, by when their person was erased.
    pub consents: DateTime<Utc>,
    /// Limits, by when their last window ended.
    pub limits: DateTime<Utc>,
    /// Counts of the fraud brake.
    pub counters: DateTime<Utc>,
}

impl Bounds {
    /// The same moment for everything.
    pub const fn same(at: DateTime<Utc>) -> Self {
        Self {
            pending: at,
            phoneless: at,
            messages: at,
            challenges: at,
            sessions: at,
            audit: at,
            requests: at,
            consents: at,
            limits: at,
            counters: at,
        }
    }
}

/// What would go of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// Which.
    pub kept: Kept,
    /// How many rows.
    pub rows: u64,
    /// The oldest of them.
    pub oldest: Option<DateTime<Utc>>,
}

/// One of the selects below.
macro_rules! part {
    ($kept:literal, $oldest:literal, $($from:expr),+) => {
        concat!("SELECT '", $kept, "' AS kept, CAST(count(*) AS BIGINT), min(", $oldest, ") FROM ", $($from),+)
    };
}

// One statement, and so one moment on both databases: what one part counts, no other has lost or gained meanwhile. Challenges of people
// who go are counted with the challenges, once.
macro_rules! forecast {
    ($audit:literal) => {
        concat!(
    part!("phone_moves", "over_at", "phone_moves WHERE over_at <= $8"),
    " UNION ALL ",
    part!("pending_users", "created_at", "users WHERE ", stale!("$1")),
    " UNION ALL ",
    part!("messages", "finished_at", "outbox WHERE finished_at < $2"),
    " UNION ALL ",
    part!("reports", "received_at", "delivery_reports WHERE received_at < $2"),
    " UNION ALL ",
    part!(
        "challenges",
        "expires_at",
        "(SELECT challenge_id, expires_at FROM challenges WHERE expires_at < $3 UNION
        SELECT challenges.challenge_id, challenges.expires_at FROM users JOIN challenges ON challenges.user_id = users.user_id WHERE ",
        stale!("$1"),
        ") AS going"
    ),
    " UNION ALL ",
    part!("sessions", "idle_expires_at", "sessions WHERE idle_expires_at < $4"),
    " UNION ALL ",
    part!("audit", "at", "audit WHERE at < $5 AND ", $audit),
    " UNION ALL ",
    part!("privacy_requests", "closed_at", "privacy_requests WHERE closed_at < $6"),
    " UNION ALL ",
    part!(
        "consents",
        "consents.at",
        "erasures JOIN consents ON consents.user_id = erasures.user_id WHERE erasures.erased_at < $7"
    ),
    " UNION ALL ",
    part!("limits", "forget_at", "limit_keys WHERE forget_at < $8"),
    " UNION ALL ",
    part!("counters", "bucket_at", "fraud_counters WHERE bucket_at < $9"),
    " UNION ALL ",
    part!("phoneless_users", "updated_at", "users WHERE ", phoneless!("$10")),
    " UNION ALL ",
    part!(
        "budgets",
        "day_at",
        "(SELECT day_at FROM sms_budgets WHERE day_at < $2 UNION ALL SELECT day_at FROM sms_alarms WHERE day_at < $2) AS days"
    )
)
    };
}

// Of the audit only what its triggers let go.
pub(crate) const FORECAST: Wording = Wording {
    sqlite: forecast!("at < strftime('%Y-%m-%dT%H:%M:%S.000000Z', 'now', '-365 days')"),
    postgres: forecast!("at < now() - INTERVAL '365 days'"),
};

/// What a purge with these bounds would forget, in the order in which it would.
pub async fn forecast(tx: &mut Tx, bounds: &Bounds) -> Result<Vec<Forecast>, StoreError> {
    let Bounds { pending, phoneless, messages, challenges, sessions, audit, requests, consents, limits, counters } = *bounds;
    let sql = FORECAST.of(tx.backend());
    let rows = fetch!(
        tx,
        fetch_all,
        (String, i64, Option<Instant>),
        sql,
        Instant(pending),
        Instant(messages),
        Instant(challenges),
        Instant(sessions),
        Instant(audit),
        Instant(requests),
        Instant(consents),
        Instant(limits),
        Instant(counters),
        Instant(phoneless),
    )?;
    let read = |(kept, rows, oldest): (String, i64, Option<Instant>)| {
        let kept = named(&kept, "kept", Kept::parse)?;
        Ok(Forecast { kept, rows: number(rows, "count")?, oldest: oldest.map(|at| at.0) })
    };
    rows.into_iter().map(read).collect()
}
