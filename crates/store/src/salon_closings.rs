//! `salon_closings`: days on which nobody of a salon works.

use chrono::NaiveDate;
use domain::ids::SalonId;
use domain::schedule::Closing;
use sqlx::FromRow;

use crate::{Day, StoreError, Tx};

/// A closing and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalonClosing {
    /// The day, and whether the night before goes too.
    pub closing: Closing,
    /// Why.
    pub reason: Option<String>,
}

#[derive(FromRow)]
struct ClosingRow {
    on_date: Day,
    takes_spill: bool,
    reason: Option<String>,
}

impl From<ClosingRow> for SalonClosing {
    fn from(row: ClosingRow) -> Self {
        Self { closing: Closing { date: row.on_date.0, takes_spill: row.takes_spill }, reason: row.reason }
    }
}

const INSERT: &str = "INSERT INTO salon_closings (salon_id, on_date, takes_spill, reason) VALUES ($1, $2, $3, $4)
    ON CONFLICT (salon_id, on_date) DO UPDATE SET takes_spill = excluded.takes_spill, reason = excluded.reason";

/// Closes a salon on a day; the day it closed on already is closed like this now.
pub async fn insert(tx: &mut Tx, salon: SalonId, one: &SalonClosing) -> Result<(), StoreError> {
    execute!(tx, INSERT, salon.0, Day(one.closing.date), one.closing.takes_spill, one.reason.as_deref()).map(drop)
}

const DELETE: &str = "DELETE FROM salon_closings WHERE salon_id = $1 AND on_date = $2";

/// Opens a salon on a day again: whether it was closed.
pub async fn delete(tx: &mut Tx, salon: SalonId, date: NaiveDate) -> Result<bool, StoreError> {
    execute!(tx, DELETE, salon.0, Day(date)).map(|rows| rows > 0)
}

pub(crate) const LIST: &str = "SELECT on_date, takes_spill, reason FROM salon_closings
    WHERE salon_id = $1 AND on_date >= $2 AND on_date <= $3 ORDER BY on_date";

/// On which days a salon is closed, both ends included.
pub async fn list(tx: &mut Tx, salon: SalonId, from: NaiveDate, to: NaiveDate) -> Result<Vec<SalonClosing>, StoreError> {
    let rows = fetch!(tx, fetch_all, ClosingRow, LIST, salon.0, Day(from), Day(to))?;
    Ok(rows.into_iter().map(SalonClosing::from).collect())
}
