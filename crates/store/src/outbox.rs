//! `outbox`: messages to be sent. Written in the transaction that promises them, sent by workers that lease rows for a while.

use chrono::{DateTime, Utc};
use domain::challenge::Challenge;
use domain::delivery::DeliveryStatus;
use domain::ids::{ChallengeId, OutboxId, UserId};
use domain::locale::Locale;
use domain::message::MessageKind;
use domain::phone::PhoneNumber;

use crate::challenge_row::challenge_columns;
use crate::dialect::Wording;
use crate::outbox_row::{OutboxRow, outbox_columns};
use crate::read::{named, number};
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

/// Where a message stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutboxState {
    /// Waits for a worker.
    Queued,
    /// A worker has it, until its lease runs out.
    Leased,
    /// A provider took it.
    Sent,
    /// No provider will.
    Failed,
    /// Nobody could send it in time.
    Expired,
}

impl OutboxState {
    /// The stored name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Leased => "leased",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Expired => "expired",
        }
    }

    /// Reads [`OutboxState::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Queued, Self::Leased, Self::Sent, Self::Failed, Self::Expired].into_iter().find(|state| state.as_str() == text)
    }
}

/// A message to be queued.
#[derive(Clone, Debug)]
pub struct NewMessage {
    /// Key, and the idempotency key at the provider.
    pub id: OutboxId,
    /// Which text.
    pub kind: MessageKind,
    /// About whom.
    pub user_id: Option<UserId>,
    /// The code inside, if there is one.
    pub challenge_id: Option<ChallengeId>,
    /// To whom.
    pub phone: PhoneNumber,
    /// In which language.
    pub locale: Locale,
    /// Not to be sent after this.
    pub expires_at: DateTime<Utc>,
    /// When it was written.
    pub now: DateTime<Utc>,
}

/// A message in a worker's hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leased {
    /// Key, and the idempotency key at the provider.
    pub id: OutboxId,
    /// Number of this lease; an update with the number of an older one does nothing.
    pub fence: i64,
    /// Which text.
    pub kind: MessageKind,
    /// The code's challenge, if there is one and it is still there.
    pub challenge: Option<Challenge>,
    /// To whom.
    pub phone: PhoneNumber,
    /// In which language.
    pub locale: Locale,
    /// Leases so far, this one included.
    pub attempts: u32,
    /// Who is to carry it.
    pub provider: String,
    /// Whether that provider may have taken it already: nobody else may be asked.
    pub is_bound: bool,
    /// Not to be sent after this.
    pub expires_at: DateTime<Utc>,
}

/// A message as the operator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxEntry {
    /// Key.
    pub id: OutboxId,
    /// Which text.
    pub kind: MessageKind,
    /// To whom; `None` once the person was erased.
    pub phone: Option<PhoneNumber>,
    /// In which language.
    pub locale: Locale,
    /// Where it stands.
    pub state: OutboxState,
    /// The code's challenge, if there is one and it is still there.
    pub challenge: Option<Challenge>,
    /// Who took it, or may have.
    pub provider: Option<String>,
    /// How many messages it was on the air, once it was taken.
    pub segments: Option<u32>,
    /// What they cost, in millionths of the currency's unit, where the price is known.
    pub cost_micros: Option<i64>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was sent, failed or ran out.
    pub finished_at: Option<DateTime<Utc>>,
}

const INSERT: &str =
    "INSERT INTO outbox (outbox_id, kind, user_id, challenge_id, phone, locale, state, attempts, fence, available_at,
    expires_at, created_at, country) VALUES ($1, $2, $3, $4, $5, $6, 'queued', 0, 0, $8, $7, $8, $9)";

/// Queues a message.
pub fn insert(message: &NewMessage) -> Write<'_> {
    let m = message;
    let (user_id, challenge_id) = (m.user_id.map(|id| id.0), m.challenge_id.map(|id| id.0));
    let (phone, locale, country) = (m.phone.as_e164(), m.locale.as_str(), m.phone.country().to_string());
    let (expires_at, now) = (Instant(m.expires_at), Instant(m.now));
    write_of!(INSERT, m.id.0, m.kind.as_str(), user_id, challenge_id, phone, locale, expires_at, now, country)
}

/// Why a text to a test number went nowhere.
macro_rules! for_testers {
    () => {
        "'a test number: nothing is sent'"
    };
}

const INSERT_FOR_TESTERS: &str = concat!(
    "INSERT INTO outbox (outbox_id, kind, user_id, challenge_id, phone, locale, state, attempts, fence, available_at,
    expires_at, created_at, country, finished_at, last_error)
    VALUES ($1, $2, $3, $4, $5, $6, 'expired', 0, 0, $8, $7, $8, $9, $8, ",
    for_testers!(),
    ")"
);

/// Writes down a message to a test number, which nobody will send. To whoever waits for it it looks sent.
pub fn insert_for_testers(message: &NewMessage) -> Write<'_> {
    Write { sql: INSERT_FOR_TESTERS, ..insert(message) }
}

/// Giving up, with what `$lock` adds to the pick.
macro_rules! expire {
    ($lock:literal) => {
        concat!(
            "WITH picked AS MATERIALIZED (
                SELECT outbox_id FROM outbox
                WHERE finished_at IS NULL AND expires_at <= $1 AND (leased_until IS NULL OR leased_until <= $1)
                ORDER BY created_at LIMIT $2",
            $lock,
            "
            )
            UPDATE outbox SET state = 'expired', leased_until = NULL, finished_at = $1
            WHERE outbox_id IN (SELECT outbox_id FROM picked)"
        )
    };
}

pub(crate) const UPDATE_EXPIRED: Wording = Wording { sqlite: expire!(""), postgres: expire!(" FOR UPDATE SKIP LOCKED") };

/// Most messages one call of [`update_expired`] gives up on: a long outage must not end in a long lock.
pub const EXPIRED_AT_ONCE: u32 = 1_000;

/// Gives up on what nobody could send in time, the oldest first: how many, at most [`EXPIRED_AT_ONCE`]. A running lease is left to
/// its worker.
pub async fn update_expired(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let sql = UPDATE_EXPIRED.of(tx.backend());
    execute!(tx, sql, Instant(now), i64::from(EXPIRED_AT_ONCE))
}

macro_rules! select {
    ($($rest:literal),*) => {
        concat!(
            "SELECT ", outbox_columns!(), ", ", challenge_columns!(),
            " FROM outbox LEFT JOIN challenges ON challenges.challenge_id = outbox.challenge_id ", $($rest),*
        )
    };
}

pub(crate) use select;

const LIST_RECENT: &str = select!("ORDER BY outbox.created_at DESC, outbox.outbox_id DESC LIMIT $1");
const LIST_RECENT_TO: &str = select!("WHERE outbox.phone = $2 ORDER BY outbox.created_at DESC, outbox.outbox_id DESC LIMIT $1");

/// The last messages, to one phone or to all, newest first.
pub async fn list_recent(tx: &mut Tx, phone: Option<&PhoneNumber>, limit: u32) -> Result<Vec<OutboxEntry>, StoreError> {
    let limit = i64::from(limit);
    let rows = match phone {
        Some(phone) => fetch!(tx, fetch_all, OutboxRow, LIST_RECENT_TO, limit, phone.as_e164())?,
        None => fetch!(tx, fetch_all, OutboxRow, LIST_RECENT, limit)?,
    };
    rows.into_iter().map(OutboxEntry::try_from).collect()
}

pub(crate) const LIST_FOR_USER: &str =
    select!("WHERE outbox.user_id = $2 ORDER BY outbox.created_at DESC, outbox.outbox_id DESC LIMIT $1");

/// The last messages about one person, whichever number they went to, newest first.
pub async fn list_for_user(tx: &mut Tx, user_id: UserId, limit: u32) -> Result<Vec<OutboxEntry>, StoreError> {
    let rows = fetch!(tx, fetch_all, OutboxRow, LIST_FOR_USER, i64::from(limit), user_id.0)?;
    rows.into_iter().map(OutboxEntry::try_from).collect()
}

const FIND_LAST_STATE: &str = concat!(
    "SELECT CASE WHEN last_error = ",
    for_testers!(),
    " THEN 'sent' ELSE state END, report FROM outbox WHERE challenge_id = $1 ORDER BY created_at DESC, outbox_id DESC LIMIT 1"
);

/// Where the last message of a challenge stands, and what its provider reported of it later.
pub async fn find_last_state(
    tx: &mut Tx,
    challenge_id: ChallengeId,
) -> Result<Option<(OutboxState, Option<DeliveryStatus>)>, StoreError> {
    let found = fetch!(tx, fetch_optional, (String, Option<String>), FIND_LAST_STATE, challenge_id.0)?;
    let read = |(state, report): (String, Option<String>)| {
        let report = report.map(|report| named(&report, "outbox.report", DeliveryStatus::parse)).transpose()?;
        Ok((named(&state, "outbox.state", OutboxState::parse)?, report))
    };
    found.map(read).transpose()
}

const UPDATE_ANONYMISED: &str = "UPDATE outbox SET phone = NULL WHERE user_id = $1 AND phone IS NOT NULL";

/// Removes the phone from all messages about this person: how many. What still waits is not sent any more; it runs out.
pub async fn update_anonymised(tx: &mut Tx, user_id: UserId) -> Result<u64, StoreError> {
    execute!(tx, UPDATE_ANONYMISED, user_id.0)
}

const UPDATE_OWNERLESS_ANONYMISED: &str = "UPDATE outbox SET phone = NULL WHERE phone = $1 AND user_id IS NULL";

/// Removes this number from messages about nobody: somebody was in the way of it, unclaimed, and is not there any more. How many.
pub async fn update_ownerless_anonymised(tx: &mut Tx, phone: &PhoneNumber) -> Result<u64, StoreError> {
    execute!(tx, UPDATE_OWNERLESS_ANONYMISED, phone.as_e164())
}

const COUNT_WAITING: &str = "SELECT CAST(count(*) AS BIGINT) FROM outbox WHERE finished_at IS NULL AND expires_at > $1";

/// How many messages are still to be sent.
pub async fn count_waiting(tx: &mut Tx, now: DateTime<Utc>) -> Result<u64, StoreError> {
    let (count,) = fetch!(tx, fetch_one, (i64,), COUNT_WAITING, Instant(now))?;
    number(count, "count")
}

/// Most messages [`find_backlog`] counts: after a long outage nobody shall read them all, again and again.
pub const BACKLOG_MOST: u32 = 10_000;

pub(crate) const FIND_BACKLOG: &str = "SELECT CAST(count(*) AS BIGINT), min(created_at) FROM (
        SELECT created_at FROM outbox WHERE finished_at IS NULL AND expires_at > $1 AND phone IS NOT NULL
        ORDER BY created_at LIMIT $2
    ) AS waiting";

/// What is still to be sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// How many messages; [`BACKLOG_MOST`] is that many or more.
    pub waiting: u64,
    /// When the oldest of them was written.
    pub oldest_at: Option<DateTime<Utc>>,
}

/// How much waits, and since when, for those who watch. Unlike [`count_waiting`] it never reads more than [`BACKLOG_MOST`] rows, and
/// leaves out what will not be sent any more.
pub async fn find_backlog(tx: &mut Tx, now: DateTime<Utc>) -> Result<Backlog, StoreError> {
    let most = i64::from(BACKLOG_MOST);
    let (waiting, oldest_at) = fetch!(tx, fetch_one, (i64, Option<Instant>), FIND_BACKLOG, Instant(now), most)?;
    Ok(Backlog { waiting: number(waiting, "count")?, oldest_at: oldest_at.map(DateTime::from) })
}

pub(crate) const DELETE_BEFORE: &str = delete_before!("outbox", "outbox_id", "finished_at");

/// Forgets up to `limit` messages finished before `before`: how many. What still waits stays.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}

pub use crate::outbox_lease::{
    Held, Taken, find_next_due, lease, update_failed, update_provider, update_retry, update_returned, update_run_out, update_sent,
};
