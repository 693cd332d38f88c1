//! `outbox` as an admin reads it: newest first, fifty at a time, with what became of each message.

use chrono::{DateTime, Utc};
use domain::delivery::DeliveryStatus;
use domain::ids::{OutboxId, UserId};
use domain::locale::Locale;
use domain::message::MessageKind;
use domain::people::Period;
use domain::phone::{PhoneNumber, Region};
use sqlx::FromRow;
use uuid::Uuid;

use crate::outbox::OutboxState;
use crate::read::{locale, named, number, phone};
use crate::{Instant, StoreError, Tx};

/// Messages on a page.
pub const PAGE: usize = 50;

/// After every instant that is written.
const END: DateTime<Utc> = match DateTime::from_timestamp(253_402_300_799, 0) {
    Some(end) => end,
    None => DateTime::<Utc>::MAX_UTC,
};

/// Where a message stands, as one word: the outbox's own state, and what was reported once it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stand {
    /// Not sent yet.
    Waiting,
    /// A provider took it, and nothing final was reported since.
    Sent,
    /// A phone has it.
    Delivered,
    /// The network gave up.
    Undelivered,
    /// No provider would take it.
    Failed,
    /// Nobody could send it in time.
    Expired,
}

impl Stand {
    /// Every one, in the order in which a message goes through them.
    pub const ALL: [Self; 6] = [Self::Waiting, Self::Sent, Self::Delivered, Self::Undelivered, Self::Failed, Self::Expired];

    /// The public name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Undelivered => "undelivered",
            Self::Failed => "failed",
            Self::Expired => "expired",
        }
    }

    /// Reads [`Stand::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stand| stand.as_str() == text)
    }

    const fn of(state: OutboxState, report: Option<DeliveryStatus>) -> Self {
        match (state, report) {
            (OutboxState::Queued | OutboxState::Leased, _) => Self::Waiting,
            (OutboxState::Sent, Some(DeliveryStatus::Delivered)) => Self::Delivered,
            (OutboxState::Sent, Some(DeliveryStatus::Undelivered)) => Self::Undelivered,
            (OutboxState::Sent, _) => Self::Sent,
            (OutboxState::Failed, _) => Self::Failed,
            (OutboxState::Expired, _) => Self::Expired,
        }
    }
}

/// What the log is narrowed down by. The default is all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageFilter {
    /// Where it stands.
    pub stand: Option<Stand>,
    /// Which text.
    pub kind: Option<MessageKind>,
    /// To whom.
    pub phone: Option<PhoneNumber>,
    /// When it was written.
    pub period: Period,
}

/// A message of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedMessage {
    /// Key.
    pub id: OutboxId,
    /// Which text.
    pub kind: MessageKind,
    /// About whom, while they are there.
    pub user_id: Option<UserId>,
    /// To whom; `None` once the person was erased.
    pub phone: Option<PhoneNumber>,
    /// In which language.
    pub locale: Locale,
    /// Where it stands.
    pub stand: Stand,
    /// How often a worker took it up.
    pub attempts: u32,
    /// Who took it, or may have.
    pub provider: Option<String>,
    /// What the provider calls it.
    pub provider_ref: Option<String>,
    /// What went wrong last.
    pub last_error: Option<String>,
    /// Where it went.
    pub country: Option<Region>,
    /// How many messages it was on the air, once it was taken.
    pub segments: Option<u32>,
    /// What they cost, in millionths of the currency's unit, where the price is known.
    pub cost_micros: Option<i64>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was sent, failed or ran out.
    pub finished_at: Option<DateTime<Utc>>,
    /// The highest that was reported of it.
    pub report: Option<DeliveryStatus>,
    /// When that came.
    pub reported_at: Option<DateTime<Utc>>,
}

#[derive(FromRow)]
struct Row {
    outbox_id: Uuid,
    kind: String,
    user_id: Option<Uuid>,
    phone: Option<String>,
    locale: String,
    state: String,
    attempts: i32,
    provider: Option<String>,
    provider_ref: Option<String>,
    last_error: Option<String>,
    country: Option<String>,
    segments: Option<i32>,
    cost_micros: Option<i64>,
    created_at: Instant,
    finished_at: Option<Instant>,
    report: Option<String>,
    reported_at: Option<Instant>,
}

impl TryFrom<Row> for LoggedMessage {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let state = named(&row.state, "outbox.state", OutboxState::parse)?;
        let report = row.report.map(|text| named(&text, "outbox.report", DeliveryStatus::parse)).transpose()?;
        Ok(Self {
            id: OutboxId(row.outbox_id),
            kind: named(&row.kind, "outbox.kind", MessageKind::parse)?,
            user_id: row.user_id.map(UserId),
            phone: row.phone.map(|text| phone(&text, "outbox.phone")).transpose()?,
            locale: locale(&row.locale, "outbox.locale")?,
            stand: Stand::of(state, report),
            attempts: number(row.attempts, "outbox.attempts")?,
            provider: row.provider,
            provider_ref: row.provider_ref,
            last_error: row.last_error,
            country: row.country.map(|text| named(&text, "outbox.country", Region::parse)).transpose()?,
            segments: row.segments.map(|segments| number(segments, "outbox.segments")).transpose()?,
            cost_micros: row.cost_micros,
            created_at: row.created_at.0,
            finished_at: row.finished_at.map(|at| at.0),
            report,
            reported_at: row.reported_at.map(|at| at.0),
        })
    }
}

macro_rules! columns {
    () => {
        "SELECT outbox_id, kind, user_id, phone, locale, state, attempts, provider, provider_ref, last_error, country, segments,
        cost_micros, created_at, finished_at, report, reported_at FROM outbox WHERE "
    };
}

// `$1` to `$7`, as in `audit_list`. The case is what `Stand::of` says.
macro_rules! walk {
    ($where:literal) => {
        concat!(
            columns!(),
            $where,
            "created_at <= $6 AND (created_at, outbox_id) < ($6, $7)
            AND (CASE WHEN state IN ('queued', 'leased') THEN 'waiting'
                WHEN state = 'sent' AND report IN ('delivered', 'undelivered') THEN report ELSE state END = $1 OR $1 IS NULL)
            AND (kind = $2 OR $2 IS NULL) AND (phone = $3 OR $3 IS NULL) AND (created_at >= $4 OR $4 IS NULL)
            AND (created_at < $5 OR $5 IS NULL) ORDER BY created_at DESC, outbox_id DESC LIMIT 51"
        )
    };
}

pub(crate) const LIST: &str = walk!("");
pub(crate) const LIST_TO: &str = walk!("phone = $3 AND ");
pub(crate) const LIST_WAITING: &str = walk!("finished_at IS NULL AND ");
pub(crate) const LIST_UNSENT: &str = walk!("state IN ('failed', 'expired') AND ");

/// Up to one message more than a [`PAGE`] holds: there is a next page when it is there.
pub async fn list(tx: &mut Tx, filter: &MessageFilter, after: Option<OutboxId>) -> Result<Vec<LoggedMessage>, StoreError> {
    let (at, id) = match after {
        Some(id) => find(tx, id).await?.map_or((END, Uuid::max()), |message| (message.created_at, id.0)),
        None => (END, Uuid::max()),
    };
    let sql = match (&filter.phone, filter.stand) {
        (Some(_), _) => LIST_TO,
        (None, Some(Stand::Waiting)) => LIST_WAITING,
        (None, Some(Stand::Failed | Stand::Expired)) => LIST_UNSENT,
        (None, _) => LIST,
    };
    let (stand, kind) = (filter.stand.map(Stand::as_str), filter.kind.map(MessageKind::as_str));
    let phone = filter.phone.as_ref().map(PhoneNumber::as_e164);
    let (from, before) = (filter.period.from.map(Instant), filter.period.before.map(Instant));
    let rows = fetch!(tx, fetch_all, Row, sql, stand, kind, phone, from, before, Instant(at), id)?;
    rows.into_iter().map(LoggedMessage::try_from).collect()
}

pub(crate) const FIND: &str = concat!(columns!(), "outbox_id = $1");

/// One message.
pub async fn find(tx: &mut Tx, id: OutboxId) -> Result<Option<LoggedMessage>, StoreError> {
    fetch!(tx, fetch_optional, Row, FIND, id.0)?.map(LoggedMessage::try_from).transpose()
}

/// What a provider reported, and when it came.
pub type Reported = (DeliveryStatus, DateTime<Utc>);

// By its reference, or by our own key: a report has the key when the message was named by it.
pub(crate) const LIST_REPORTS: &str = "SELECT status, received_at FROM delivery_reports
    WHERE provider = $1 AND provider_ref IN ($2, $3) ORDER BY received_at, status";

/// All that was reported of a message, oldest first.
pub async fn list_reports(tx: &mut Tx, message: &LoggedMessage) -> Result<Vec<Reported>, StoreError> {
    let Some(provider) = message.provider.as_deref() else { return Ok(Vec::new()) };
    let key = message.id.to_string();
    let reference = message.provider_ref.as_deref().unwrap_or(&key);
    let rows = fetch!(tx, fetch_all, (String, Instant), LIST_REPORTS, provider, reference, key.as_str())?;
    let read = |(status, at): (String, Instant)| Ok((named(&status, "delivery_reports.status", DeliveryStatus::parse)?, at.0));
    rows.into_iter().map(read).collect()
}
