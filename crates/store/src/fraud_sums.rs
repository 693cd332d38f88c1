//! `fraud_counters`, added up over a span for those who look at it.

use chrono::{DateTime, Utc};
use domain::fraud::Scope;
use sqlx::FromRow;

use crate::read::{named, number};
use crate::{Instant, StoreError, Tx};

/// What a scope adds up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Whose.
    pub scope: Scope,
    /// Codes asked for by strangers.
    pub asked: u64,
    /// Those that a provider took.
    pub sent: u64,
    /// Those that were entered.
    pub verified: u64,
    /// Wrong guesses.
    pub failed: u64,
}

#[derive(FromRow)]
struct SumRow {
    scope: String,
    asked: i64,
    sent: i64,
    verified: i64,
    failed: i64,
}

impl TryFrom<SumRow> for Sum {
    type Error = StoreError;

    fn try_from(row: SumRow) -> Result<Self, StoreError> {
        Ok(Self {
            scope: named(&row.scope, "fraud_counters.scope", Scope::parse)?,
            asked: number(row.asked, "asked")?,
            sent: number(row.sent, "sent")?,
            verified: number(row.verified, "verified")?,
            failed: number(row.failed, "failed")?,
        })
    }
}

macro_rules! sum {
    ($which:literal) => {
        concat!(
            "SELECT scope, CAST(sum(asked) AS BIGINT) AS asked, CAST(sum(sent) AS BIGINT) AS sent,
            CAST(sum(verified) AS BIGINT) AS verified, CAST(sum(failed) AS BIGINT) AS failed FROM fraud_counters
            WHERE bucket_at >= $1 AND bucket_at < $2 AND ",
            $which,
            " GROUP BY scope ORDER BY asked DESC, scope LIMIT $3"
        )
    };
}

pub(crate) const SUM: &str = sum!("scope NOT LIKE 'network:%'");
pub(crate) const SUM_NETWORKS: &str = sum!("scope LIKE 'network:%'");

/// The installation, countries and prefixes from `from` on and before `to`, whoever asked for most codes first, `limit` at most.
pub async fn list(tx: &mut Tx, from: DateTime<Utc>, to: DateTime<Utc>, limit: u32) -> Result<Vec<Sum>, StoreError> {
    let rows = fetch!(tx, fetch_all, SumRow, SUM, Instant(from), Instant(to), i64::from(limit))?;
    rows.into_iter().map(Sum::try_from).collect()
}

/// Networks, likewise.
pub async fn list_networks(tx: &mut Tx, from: DateTime<Utc>, to: DateTime<Utc>, limit: u32) -> Result<Vec<Sum>, StoreError> {
    let rows = fetch!(tx, fetch_all, SumRow, SUM_NETWORKS, Instant(from), Instant(to), i64::from(limit))?;
    rows.into_iter().map(Sum::try_from).collect()
}
