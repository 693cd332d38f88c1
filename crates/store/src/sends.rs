//! `sends`: the log of messages, from which the send limits are counted.

use chrono::{DateTime, TimeDelta, Utc};
use domain::challenge::Purpose;
use domain::ids::{ChallengeId, SendId};
use domain::keys::LimitKey;
use domain::limits::{Quota, Usage};

use crate::read::number;
use crate::{Instant, StoreError, Tx};

/// Whose use to count, and against what.
#[derive(Clone, Copy, Debug)]
pub struct SendWindow {
    /// The phone.
    pub phone_key: LimitKey,
    /// What the code is for: the cooldown is kept per purpose.
    pub purpose: Purpose,
    /// The client's address.
    pub address_key: LimitKey,
    /// The end of every window.
    pub now: DateTime<Utc>,
    /// Per phone and purpose.
    pub cooldown: Quota,
    /// Per phone.
    pub hour: Quota,
    /// Per phone.
    pub day: Quota,
    /// Per address.
    pub address: Quota,
}

/// What has been used of each quota.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SendUsage {
    /// Of [`SendWindow::cooldown`].
    pub cooldown: Usage,
    /// Of [`SendWindow::hour`].
    pub hour: Usage,
    /// Of [`SendWindow::day`].
    pub day: Usage,
    /// Of [`SendWindow::address`].
    pub address: Usage,
    /// Of [`SendWindow::hour`], but only what came from this address: what the caller did itself.
    pub own_hour: Usage,
}

/// One message to be logged.
#[derive(Clone, Copy, Debug)]
pub struct NewSend {
    /// Key.
    pub id: SendId,
    /// To whom.
    pub phone_key: LimitKey,
    /// What the code is for.
    pub purpose: Purpose,
    /// Who asked.
    pub address_key: LimitKey,
    /// The code's challenge.
    pub challenge_id: ChallengeId,
    /// When.
    pub at: DateTime<Utc>,
}

/// Two columns for one window: how many, and the use that must leave it before there is room: the limit-th newest, or else the oldest.
macro_rules! window {
    ($where:literal, $since:literal, $offset:literal) => {
        concat!(
            "(SELECT CAST(count(*) AS BIGINT) FROM sends WHERE ",
            $where,
            " AND sent_at > ",
            $since,
            "), ",
            "COALESCE((SELECT sent_at FROM sends WHERE ",
            $where,
            " AND sent_at > ",
            $since,
            " ORDER BY sent_at DESC LIMIT 1 OFFSET ",
            $offset,
            "), ",
            "(SELECT min(sent_at) FROM sends WHERE ",
            $where,
            " AND sent_at > ",
            $since,
            "))"
        )
    };
}

const USAGE: &str = concat!(
    "SELECT ",
    window!("phone_key = $1 AND purpose = $2", "$4", "$5"),
    ", ",
    window!("phone_key = $1", "$6", "$7"),
    ", ",
    window!("phone_key = $1", "$8", "$9"),
    ", ",
    window!("address_key = $3", "$10", "$11"),
    ", ",
    window!("phone_key = $1 AND address_key = $3", "$6", "$7"),
);

type Pair = (i64, Option<Instant>);
type UsageRow = (i64, Option<Instant>, i64, Option<Instant>, i64, Option<Instant>, i64, Option<Instant>, i64, Option<Instant>);

/// What has been used of all quotas, in one statement. A send at `t` is in a window while `t > now - window`.
/// Exact only while the phone's and the address's keys are locked (see [`crate::limit_keys::lock`]).
pub async fn usage(tx: &mut Tx, window: &SendWindow) -> Result<SendUsage, StoreError> {
    let since = |quota: Quota| Instant(since(window.now, quota.window));
    let row = fetch!(
        tx,
        fetch_one,
        UsageRow,
        USAGE,
        &window.phone_key.0[..],
        window.purpose.as_str(),
        &window.address_key.0[..],
        since(window.cooldown),
        offset(window.cooldown),
        since(window.hour),
        offset(window.hour),
        since(window.day),
        offset(window.day),
        since(window.address),
        offset(window.address),
    )?;
    Ok(SendUsage {
        cooldown: to_usage((row.0, row.1))?,
        hour: to_usage((row.2, row.3))?,
        day: to_usage((row.4, row.5))?,
        address: to_usage((row.6, row.7))?,
        own_hour: to_usage((row.8, row.9))?,
    })
}

/// How many newer uses are skipped to reach the limit-th newest.
pub(crate) fn offset(quota: Quota) -> i64 {
    i64::from(quota.limit.saturating_sub(1))
}

/// The start of a window; a window longer than time itself starts with the first year.
pub(crate) fn since(now: DateTime<Utc>, window: TimeDelta) -> DateTime<Utc> {
    now.checked_sub_signed(window).unwrap_or_default()
}

pub(crate) fn to_usage((used, at): Pair) -> Result<Usage, StoreError> {
    Ok(Usage { used: number(used, "count")?, frees_at_from: at.map(DateTime::from) })
}

const INSERT: &str =
    "INSERT INTO sends (send_id, phone_key, purpose, address_key, challenge_id, sent_at) VALUES ($1, $2, $3, $4, $5, $6)";

/// Logs one message.
pub async fn insert(tx: &mut Tx, send: &NewSend) -> Result<(), StoreError> {
    let (phone, address) = (&send.phone_key.0[..], &send.address_key.0[..]);
    execute!(tx, INSERT, send.id.0, phone, send.purpose.as_str(), address, send.challenge_id.0, Instant(send.at)).map(|_| ())
}

const DELETE_BEFORE: &str = delete_before!("sends", "send_id", "sent_at");

/// Forgets up to `limit` messages of before `before`: how many.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}
