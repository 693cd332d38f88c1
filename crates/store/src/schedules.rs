//! `schedules` and `schedule_rules`: the weeks of a member of staff, the ordinary one and those with dates.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{ScheduleId, StaffId};
use domain::schedule::{Schedule, Week};
use sqlx::FromRow;
use uuid::Uuid;

use crate::read::{hours, weekday};
use crate::{Day, Instant, StoreError, Tx};

/// A week of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffSchedule {
    /// Key. Newer ones sort last.
    pub id: ScheduleId,
    /// Whose.
    pub staff_id: StaffId,
    /// What it is called: `Ramadan 1448`.
    pub name: Option<String>,
    /// When it is in force, and the week.
    pub schedule: Schedule,
}

const INSERT: &str = "INSERT INTO schedules (schedule_id, staff_id, name, valid_from, valid_to, created_at)
    VALUES ($1, $2, $3, $4, $5, $6)";
const INSERT_RULE: &str = "INSERT INTO schedule_rules (schedule_id, weekday, start_min, end_min) VALUES ($1, $2, $3, $4)";

/// A new week of somebody.
pub async fn insert(tx: &mut Tx, one: &StaffSchedule, now: DateTime<Utc>) -> Result<(), StoreError> {
    let (from, to) = (one.schedule.valid_from.map(Day), one.schedule.valid_to.map(Day));
    execute!(tx, INSERT, one.id.0, one.staff_id.0, one.name.as_deref(), from, to, Instant(now))?;
    for (day, hours) in one.schedule.week.rules() {
        let (start, end) = (i64::from(hours.start_min()), i64::from(hours.end_min()));
        execute!(tx, INSERT_RULE, one.id.0, i64::from(day.num_days_from_sunday()), start, end)?;
    }
    Ok(())
}

const DELETE: &str = "DELETE FROM schedules WHERE schedule_id = $1 AND staff_id = $2";

/// Removes a week of somebody: whether there was one.
pub async fn delete(tx: &mut Tx, staff: StaffId, id: ScheduleId) -> Result<bool, StoreError> {
    execute!(tx, DELETE, id.0, staff.0).map(|rows| rows > 0)
}

const DELETE_ORDINARY: &str = "DELETE FROM schedules WHERE staff_id = $1 AND valid_from IS NULL AND valid_to IS NULL";

/// Removes the ordinary week of somebody: whether there was one.
pub async fn delete_ordinary(tx: &mut Tx, staff: StaffId) -> Result<bool, StoreError> {
    execute!(tx, DELETE_ORDINARY, staff.0).map(|rows| rows > 0)
}

/// A rule of a week with its week; a week without rules is one row without a rule.
#[derive(FromRow)]
pub(crate) struct RuleRow {
    schedule_id: Uuid,
    staff_id: Uuid,
    name: Option<String>,
    valid_from: Option<Day>,
    valid_to: Option<Day>,
    weekday: Option<i64>,
    start_min: Option<i64>,
    end_min: Option<i64>,
}

/// A select of weeks, rule by rule.
macro_rules! weeks {
    ($rest:literal) => {
        concat!(
            "SELECT schedules.schedule_id, schedules.staff_id, schedules.name, schedules.valid_from, schedules.valid_to, \
             schedule_rules.weekday, schedule_rules.start_min, schedule_rules.end_min FROM staff \
             JOIN schedules ON schedules.staff_id = staff.staff_id \
             LEFT JOIN schedule_rules ON schedule_rules.schedule_id = schedules.schedule_id ",
            $rest
        )
    };
}
pub(crate) use weeks;

/// Puts the rules of each week together again. Those of one week stand together.
pub(crate) fn gather(rows: &[RuleRow]) -> Result<Vec<StaffSchedule>, StoreError> {
    let mut all = Vec::new();
    for rows in rows.chunk_by(|one, next| one.schedule_id == next.schedule_id) {
        let mut rules = Vec::with_capacity(rows.len());
        for row in rows {
            if let (Some(day), Some(start), Some(end)) = (row.weekday, row.start_min, row.end_min) {
                rules.push((weekday(day, "schedule_rules.weekday")?, hours(start, end, "schedule_rules")?));
            }
        }
        let first = &rows[0];
        let date = |day: Option<Day>| -> Option<NaiveDate> { day.map(|day| day.0) };
        let week = Week::new(rules).map_err(|_| StoreError::Inconsistent("schedule_rules overlap".into()))?;
        all.push(StaffSchedule {
            id: ScheduleId(first.schedule_id),
            staff_id: StaffId(first.staff_id),
            name: first.name.clone(),
            schedule: Schedule { valid_from: date(first.valid_from), valid_to: date(first.valid_to), week },
        });
    }
    Ok(all)
}

pub(crate) const LIST: &str = weeks!("WHERE staff.staff_id = $1 ORDER BY schedules.schedule_id");

/// All weeks of somebody, past ones too: the ordinary one first, then those with dates by the day they begin on.
pub async fn list(tx: &mut Tx, staff: StaffId) -> Result<Vec<StaffSchedule>, StoreError> {
    let mut all = gather(&fetch!(tx, fetch_all, RuleRow, LIST, staff.0)?)?;
    all.sort_by_key(|one| (one.schedule.is_dated(), one.schedule.valid_from, one.id));
    Ok(all)
}
