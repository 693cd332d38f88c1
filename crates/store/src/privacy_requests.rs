//! `privacy_requests`: what people ask about their data.

use chrono::{DateTime, Utc};
use domain::ids::{RequestId, UserId};
use domain::privacy_request::{PrivacyRequest, RequestKind, RequestState};
use domain::user::{User, UserOrigin};
use sqlx::FromRow;
use uuid::Uuid;

use crate::dialect::{Wording, select_and_lock};
use crate::read::{named, number};
use crate::user_row::{UserRow, user_columns};
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

macro_rules! request_columns {
    () => {
        "privacy_requests.request_id, privacy_requests.user_id AS about, privacy_requests.kind, privacy_requests.state, \
         privacy_requests.opened_by, privacy_requests.said, privacy_requests.note, privacy_requests.opened_at, \
         privacy_requests.due_at, privacy_requests.extended_at, privacy_requests.extension_reason, \
         privacy_requests.refusal_reason, privacy_requests.handled_by, privacy_requests.closed_at"
    };
}

#[derive(FromRow)]
struct RequestRow {
    request_id: Uuid,
    about: Uuid,
    kind: String,
    state: String,
    opened_by: String,
    said: Option<String>,
    note: Option<String>,
    opened_at: Instant,
    due_at: Instant,
    extended_at: Option<Instant>,
    extension_reason: Option<String>,
    refusal_reason: Option<String>,
    handled_by: Option<Uuid>,
    closed_at: Option<Instant>,
}

#[derive(FromRow)]
struct QueuedRow {
    #[sqlx(flatten)]
    request: RequestRow,
    #[sqlx(flatten)]
    user: UserRow,
}

impl TryFrom<RequestRow> for PrivacyRequest {
    type Error = StoreError;

    fn try_from(row: RequestRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: RequestId(row.request_id),
            user_id: UserId(row.about),
            kind: named(&row.kind, "privacy_requests.kind", RequestKind::parse)?,
            state: named(&row.state, "privacy_requests.state", RequestState::parse)?,
            opened_by: named(&row.opened_by, "privacy_requests.opened_by", UserOrigin::parse)?,
            said: row.said,
            note: row.note,
            opened_at: row.opened_at.0,
            due_at: row.due_at.0,
            extended_at: row.extended_at.map(|at| at.0),
            extension_reason: row.extension_reason,
            refusal_reason: row.refusal_reason,
            handled_by: row.handled_by.map(UserId),
            closed_at: row.closed_at.map(|at| at.0),
        })
    }
}

impl TryFrom<QueuedRow> for (PrivacyRequest, User) {
    type Error = StoreError;

    fn try_from(row: QueuedRow) -> Result<Self, StoreError> {
        Ok((row.request.try_into()?, row.user.try_into()?))
    }
}

const INSERT: &str = "INSERT INTO privacy_requests (request_id, user_id, kind, state, opened_by, said, note, opened_at, due_at)
    VALUES ($1, $2, $3, 'open', $4, $5, $6, $7, $8) ON CONFLICT (user_id, kind) WHERE closed_at IS NULL DO NOTHING";

/// A new open request. Touches no row when one of the kind is open already.
pub fn insert(request: &PrivacyRequest) -> Write<'_> {
    let r = request;
    write_of!(
        INSERT,
        r.id.0,
        r.user_id.0,
        r.kind.as_str(),
        r.opened_by.as_str(),
        r.said.as_deref(),
        r.note.as_deref(),
        Instant(r.opened_at),
        Instant(r.due_at),
    )
}

const LOCK: Wording = select_and_lock!(
    "privacy_requests",
    "SELECT ",
    request_columns!(),
    " FROM privacy_requests WHERE privacy_requests.request_id = $1"
);

/// A request; nobody else changes it until this transaction ends.
pub async fn lock(tx: &mut Tx, id: RequestId) -> Result<Option<PrivacyRequest>, StoreError> {
    let sql = LOCK.of(tx.backend());
    fetch!(tx, fetch_optional, RequestRow, sql, id.0)?.map(PrivacyRequest::try_from).transpose()
}

macro_rules! queue {
    ($($rest:literal),+) => {
        concat!(
            "SELECT ",
            request_columns!(),
            ", ",
            user_columns!(),
            " FROM privacy_requests JOIN users ON users.user_id = privacy_requests.user_id WHERE ",
            $($rest),+
        )
    };
}

pub(crate) const FIND: &str = queue!("privacy_requests.request_id = $1");

/// A request and whose data it is about.
pub async fn find(tx: &mut Tx, id: RequestId) -> Result<Option<(PrivacyRequest, User)>, StoreError> {
    fetch!(tx, fetch_optional, QueuedRow, FIND, id.0)?.map(<(PrivacyRequest, User)>::try_from).transpose()
}

const UPDATE: &str = "UPDATE privacy_requests SET state = $2, note = $3, due_at = $4, extended_at = $5, extension_reason = $6,
    refusal_reason = $7, handled_by = $8, closed_at = $9 WHERE request_id = $1";

/// How a request stands now. Call it with the request locked.
pub fn update(request: &PrivacyRequest) -> Write<'_> {
    let r = request;
    write_of!(
        UPDATE,
        r.id.0,
        r.state.as_str(),
        r.note.as_deref(),
        Instant(r.due_at),
        r.extended_at.map(Instant),
        r.extension_reason.as_deref(),
        r.refusal_reason.as_deref(),
        r.handled_by.map(|id| id.0),
        r.closed_at.map(Instant),
    )
}

pub(crate) const LIST_FOR_USER: &str = concat!(
    "SELECT ",
    request_columns!(),
    " FROM privacy_requests WHERE privacy_requests.user_id = $1
    ORDER BY privacy_requests.opened_at DESC, privacy_requests.request_id DESC LIMIT $2"
);

/// The last requests of somebody, newest first.
pub async fn list_for_user(tx: &mut Tx, user: UserId, limit: u32) -> Result<Vec<PrivacyRequest>, StoreError> {
    let rows = fetch!(tx, fetch_all, RequestRow, LIST_FOR_USER, user.0, i64::from(limit))?;
    rows.into_iter().map(PrivacyRequest::try_from).collect()
}

pub(crate) const LIST_OPEN: &str = queue!(
    "privacy_requests.closed_at IS NULL AND (privacy_requests.due_at, privacy_requests.request_id) > ($1, $2) \
     ORDER BY privacy_requests.due_at, privacy_requests.request_id LIMIT $3"
);

/// Open requests after the one that is due then, the most pressing first.
pub async fn list_open(
    tx: &mut Tx,
    after: (DateTime<Utc>, RequestId),
    limit: u32,
) -> Result<Vec<(PrivacyRequest, User)>, StoreError> {
    let rows = fetch!(tx, fetch_all, QueuedRow, LIST_OPEN, Instant(after.0), after.1.0, i64::from(limit))?;
    rows.into_iter().map(<(PrivacyRequest, User)>::try_from).collect()
}

pub(crate) const LIST_CLOSED: &str =
    queue!("privacy_requests.closed_at IS NOT NULL ORDER BY privacy_requests.closed_at DESC LIMIT $1");

/// The last requests that were closed, newest first.
pub async fn list_closed(tx: &mut Tx, limit: u32) -> Result<Vec<(PrivacyRequest, User)>, StoreError> {
    fetch!(tx, fetch_all, QueuedRow, LIST_CLOSED, i64::from(limit))?.into_iter().map(<(PrivacyRequest, User)>::try_from).collect()
}

pub(crate) const COUNT_SINCE: &str =
    "SELECT CAST(count(*) AS BIGINT) FROM privacy_requests WHERE user_id = $1 AND opened_at > $2";

/// How many somebody opened since then.
pub async fn count_since(tx: &mut Tx, user: UserId, since: DateTime<Utc>) -> Result<u64, StoreError> {
    let (count,) = fetch!(tx, fetch_one, (i64,), COUNT_SINCE, user.0, Instant(since))?;
    number(count, "count")
}

const UPDATE_ERASED: &str =
    "UPDATE privacy_requests SET said = NULL, note = NULL, extension_reason = NULL, refusal_reason = NULL,
    state = CASE WHEN closed_at IS NOT NULL THEN state WHEN kind = 'erasure' THEN 'done' ELSE 'withdrawn' END,
    closed_at = COALESCE(closed_at, $2) WHERE user_id = $1";

/// Somebody was erased: what they asked for is done, the rest is of no use any more, and no text about them stays.
pub fn update_erased(user: UserId, now: DateTime<Utc>) -> Write<'static> {
    write_of!(UPDATE_ERASED, user.0, Instant(now))
}

pub(crate) const DELETE_BEFORE: &str = delete_before!("privacy_requests", "request_id", "closed_at");

/// Forgets up to `limit` requests closed before `before`: how many. What is open stays.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}
