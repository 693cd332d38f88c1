//! What was sent to one person, asked for by them and done to or by them, as those who run the platform look at it: newest first, one
//! row more than a [`PAGE`] when there is more.

use chrono::{DateTime, Utc};
use domain::challenge::Challenge;
use domain::delivery::DeliveryStatus;
use domain::ids::{AuditId, OutboxId, UserId};
use domain::message::MessageKind;
use domain::phone::PhoneNumber;
use domain::user::User;
use sqlx::FromRow;
use uuid::Uuid;

use crate::audit::{AuditEntry, AuditRow};
use crate::challenge_row::{ChallengeRow, challenge_columns};
use crate::outbox::OutboxState;
use crate::read::{named, number, phone};
use crate::user_row::{MaybeUserRow, user_columns};
use crate::{Instant, StoreError, Tx};

/// Rows on a page.
pub const PAGE: usize = 50;

/// After every instant there is: the year 9999, the last one both databases write alike.
const END: DateTime<Utc> = DateTime::from_timestamp(253_402_300_799, 0).expect("in range");

/// A code that was asked for. The code itself is nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AskedCode {
    /// What is kept of it.
    pub challenge: Challenge,
    /// How many messages carried it, or tried to.
    pub sends: u32,
}

#[derive(FromRow)]
struct AskedCodeRow {
    #[sqlx(flatten)]
    challenge: ChallengeRow,
    sends: i64,
}

pub(crate) const LIST_CODES: &str = concat!(
    "SELECT ",
    challenge_columns!(),
    ", (SELECT CAST(count(*) AS BIGINT) FROM outbox WHERE outbox.challenge_id = challenges.challenge_id) AS sends
    FROM challenges WHERE challenges.user_id = $1 AND challenges.created_at < $2 ORDER BY challenges.created_at DESC LIMIT 51"
);

/// Codes that this person asked for before `before`. They are walked by time and not by id: whoever holds the id of a challenge may guess
/// at its code.
pub async fn list_codes(tx: &mut Tx, user: UserId, before: Option<DateTime<Utc>>) -> Result<Vec<AskedCode>, StoreError> {
    let rows = fetch!(tx, fetch_all, AskedCodeRow, LIST_CODES, user.0, Instant(before.unwrap_or(END)))?;
    let read = |row: AskedCodeRow| Ok(AskedCode { challenge: row.challenge.try_into()?, sends: number(row.sends, "sends")? });
    rows.into_iter().map(read).collect()
}

/// A message and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Key.
    pub id: OutboxId,
    /// Which text.
    pub kind: MessageKind,
    /// To which number; `None` once the person was erased.
    pub phone: Option<PhoneNumber>,
    /// Where it stands with us.
    pub state: OutboxState,
    /// What its provider reported later.
    pub report: Option<DeliveryStatus>,
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
    /// When its provider reported last.
    pub reported_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct MessageRow {
    outbox_id: Uuid,
    kind: String,
    phone: Option<String>,
    state: String,
    report: Option<String>,
    provider: Option<String>,
    segments: Option<i32>,
    cost_micros: Option<i64>,
    created_at: Instant,
    finished_at: Option<Instant>,
    reported_at: Option<Instant>,
}

impl TryFrom<MessageRow> for Message {
    type Error = StoreError;

    fn try_from(row: MessageRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: OutboxId(row.outbox_id),
            kind: named(&row.kind, "outbox.kind", MessageKind::parse)?,
            phone: row.phone.map(|text| phone(&text, "outbox.phone")).transpose()?,
            state: named(&row.state, "outbox.state", OutboxState::parse)?,
            report: row.report.map(|text| named(&text, "outbox.report", DeliveryStatus::parse)).transpose()?,
            provider: row.provider,
            segments: row.segments.map(|segments| number(segments, "outbox.segments")).transpose()?,
            cost_micros: row.cost_micros,
            created_at: row.created_at.0,
            finished_at: row.finished_at.map(|at| at.0),
            reported_at: row.reported_at.map(|at| at.0),
        })
    }
}

pub(crate) const LIST_MESSAGES: &str = "SELECT outbox.outbox_id, outbox.kind, outbox.phone, outbox.state, outbox.report,
    outbox.provider, outbox.segments, outbox.cost_micros, outbox.created_at, outbox.finished_at, outbox.reported_at
    FROM outbox WHERE outbox.user_id = $1 AND outbox.outbox_id < $2 ORDER BY outbox.outbox_id DESC LIMIT 51";

/// Messages about this person, whichever number they went to, from the one before `after` on.
pub async fn list_messages(tx: &mut Tx, user: UserId, after: Option<OutboxId>) -> Result<Vec<Message>, StoreError> {
    let before = after.map_or(Uuid::max(), |id| id.0);
    fetch!(tx, fetch_all, MessageRow, LIST_MESSAGES, user.0, before)?.into_iter().map(Message::try_from).collect()
}

/// An entry of the record, and whom it is about when that is somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deed {
    /// The entry.
    pub entry: AuditEntry,
    /// The other person; `None` when it is about this one, about nobody, or about somebody who is gone.
    pub other: Option<User>,
}

#[derive(FromRow)]
struct DeedRow {
    #[sqlx(flatten)]
    entry: AuditRow,
    #[sqlx(flatten)]
    other: MaybeUserRow,
}

/// One half of the walk: entries older than those at `$3` with the id `$4`.
macro_rules! half {
    ($where:literal, $as:literal) => {
        concat!(
            "SELECT * FROM (SELECT audit_id, at, actor, action, subject_user_id, session_id, detail FROM audit WHERE ",
            $where,
            " AND (at, audit_id) < ($3, $4) ORDER BY at DESC, audit_id DESC LIMIT 51) AS ",
            $as
        )
    };
}

pub(crate) const LIST_DEEDS: &str = concat!(
    "SELECT found.audit_id, found.at, found.actor, found.action, found.subject_user_id, found.session_id, found.detail, ",
    user_columns!(),
    " FROM (",
    half!("subject_user_id = $1", "about"),
    " UNION ALL ",
    half!("actor = $2 AND actor <> 'self' AND (subject_user_id IS NULL OR subject_user_id <> $1)", "done"),
    ") AS found LEFT JOIN users ON users.user_id = found.subject_user_id AND users.user_id <> $1
    ORDER BY found.at DESC, found.audit_id DESC LIMIT 51"
);

pub(crate) const FIND_AT: &str = "SELECT at FROM audit WHERE audit_id = $1";

/// What was done to this person and what they did to others, from before the entry `after` on. One that is gone begins it again.
pub async fn list_deeds(tx: &mut Tx, user: UserId, after: Option<AuditId>) -> Result<Vec<Deed>, StoreError> {
    let anchor = match after {
        Some(id) => fetch!(tx, fetch_optional, (Instant,), FIND_AT, id.0)?.map(|(at,)| (at, id.0)),
        None => None,
    };
    let (at, id) = anchor.unwrap_or((Instant(END), Uuid::max()));
    let rows = fetch!(tx, fetch_all, DeedRow, LIST_DEEDS, user.0, user.to_string(), at, id)?;
    rows.into_iter().map(|row| Ok(Deed { entry: row.entry.try_into()?, other: row.other.try_into()? })).collect()
}
