//! `sms_budgets` and `sms_alarms`: what the messages of a day have used of its budget, and which alarms were raised.

use chrono::{DateTime, Utc};
use domain::sms_budget::Spent;

use crate::read::number;
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

const SPEND: &str =
    "INSERT INTO sms_budgets (day_at, share, messages, cost_micros) SELECT $1, $2, 1, $3 WHERE $4 >= 1 AND $5 >= $3
    ON CONFLICT (day_at, share) DO UPDATE SET messages = sms_budgets.messages + 1,
    cost_micros = sms_budgets.cost_micros + excluded.cost_micros
    WHERE sms_budgets.messages < $4 AND sms_budgets.cost_micros <= $5 - excluded.cost_micros";

/// One message of this cost from a share that may use `most`; if it has no room, nothing of the batch happens.
pub fn spend(day: DateTime<Utc>, share: u32, cost_micros: i64, most: Spent) -> Write<'static> {
    write_of!(SPEND, Instant(day), place(share), cost_micros, most.messages, most.cost_micros).guarded()
}

const COUNT: &str = "INSERT INTO sms_budgets (day_at, share, messages, cost_micros) VALUES ($1, $2, 1, $3)
    ON CONFLICT (day_at, share) DO UPDATE SET messages = sms_budgets.messages + 1,
    cost_micros = sms_budgets.cost_micros + excluded.cost_micros";

/// One message of this cost, whether there is room or not.
pub fn insert_over(day: DateTime<Utc>, share: u32, cost_micros: i64) -> Write<'static> {
    write_of!(COUNT, Instant(day), place(share), cost_micros)
}

const LIST: &str = "SELECT share, messages, cost_micros FROM sms_budgets WHERE day_at = $1 ORDER BY share";

/// What each share of a day has used; one that has used nothing is not among them.
pub async fn list(tx: &mut Tx, day: DateTime<Utc>) -> Result<Vec<(u32, Spent)>, StoreError> {
    let rows = fetch!(tx, fetch_all, (i32, i64, i64), LIST, Instant(day))?;
    let read = |(share, messages, cost_micros)| Ok((number(share, "sms_budgets.share")?, Spent { messages, cost_micros }));
    rows.into_iter().map(read).collect()
}

const INSERT_ALARM: &str = "INSERT INTO sms_alarms (day_at, percent, raised_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

/// Raises an alarm of a day: whether nobody had.
pub fn insert_alarm(day: DateTime<Utc>, percent: u32, now: DateTime<Utc>) -> Write<'static> {
    write_of!(INSERT_ALARM, Instant(day), place(percent), Instant(now))
}

const DELETE_ALARMS: &str = "DELETE FROM sms_alarms WHERE day_at < $1";
const DELETE_BUDGETS: &str = "DELETE FROM sms_budgets WHERE day_at < $1";

/// Forgets days before `before`: how many rows. There are a few a day.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(execute!(tx, DELETE_ALARMS, Instant(before))? + execute!(tx, DELETE_BUDGETS, Instant(before))?)
}

fn place(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}
