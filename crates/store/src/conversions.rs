//! How many codes that were sent were entered, read from `outbox` and `challenges`: of all signs that messages arrive, the one that counts.

use chrono::{DateTime, Utc};
use domain::phone::Region;
use sqlx::FromRow;

use crate::dialect::Wording;
use crate::read::{named, number};
use crate::{Instant, StoreError, Tx};

/// One provider, one country, one hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// The beginning of the hour in which the messages were asked for.
    pub hour: DateTime<Utc>,
    /// Who took them.
    pub provider: String,
    /// Where they went; `None` for those of earlier releases.
    pub country: Option<Region>,
    /// Messages with a code that a provider took.
    pub sent: u64,
    /// Those a phone is reported to have.
    pub delivered: u64,
    /// Those that are reported not to have arrived.
    pub undelivered: u64,
    /// Codes among them that were entered. A code that was sent twice counts once, in each row in which it was sent.
    pub entered: u64,
}

macro_rules! list {
    ($hour:literal) => {
        concat!(
            "SELECT ",
            $hour,
            " AS hour, outbox.provider, outbox.country, CAST(count(*) AS BIGINT) AS sent,
            CAST(count(CASE WHEN outbox.report = 'delivered' THEN 1 END) AS BIGINT) AS delivered,
            CAST(count(CASE WHEN outbox.report = 'undelivered' THEN 1 END) AS BIGINT) AS undelivered,
            CAST(count(DISTINCT CASE WHEN challenges.consumed_at IS NOT NULL AND challenges.attempts > 0
                THEN challenges.challenge_id END) AS BIGINT) AS entered
            FROM outbox LEFT JOIN challenges ON challenges.challenge_id = outbox.challenge_id
            WHERE outbox.created_at >= $1 AND outbox.created_at < $2 AND outbox.state = 'sent'
            AND outbox.kind IN ('auth_code', 'verify_code')
            GROUP BY ",
            $hour,
            ", outbox.provider, outbox.country ORDER BY hour, outbox.provider, coalesce(outbox.country, '')"
        )
    };
}

// Codes that were voided after a restore are consumed too; nobody had guessed at them.
pub(crate) const LIST: Wording = Wording {
    sqlite: list!("substr(outbox.created_at, 1, 13) || ':00:00.000000Z'"),
    postgres: list!("date_trunc('hour', outbox.created_at, 'UTC')"),
};

#[derive(FromRow)]
struct Row {
    hour: Instant,
    provider: Option<String>,
    country: Option<String>,
    sent: i64,
    delivered: i64,
    undelivered: i64,
    entered: i64,
}

impl TryFrom<Row> for Conversion {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            hour: row.hour.0,
            provider: row.provider.unwrap_or_default(),
            country: row.country.map(|text| named(&text, "outbox.country", Region::parse)).transpose()?,
            sent: number(row.sent, "sent")?,
            delivered: number(row.delivered, "delivered")?,
            undelivered: number(row.undelivered, "undelivered")?,
            entered: number(row.entered, "entered")?,
        })
    }
}

/// Of messages asked for from `from` on and before `to`: by hour, provider and country.
pub async fn list(tx: &mut Tx, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Conversion>, StoreError> {
    let sql = LIST.of(tx.backend());
    let rows = fetch!(tx, fetch_all, Row, sql, Instant(from), Instant(to))?;
    rows.into_iter().map(Conversion::try_from).collect()
}
