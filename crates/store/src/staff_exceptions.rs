//! `staff_exceptions` and `staff_exception_hours`: what is so on one business day instead of the week.

use chrono::NaiveDate;
use domain::ids::StaffId;
use domain::schedule::{DayException, DayHours};
use sqlx::FromRow;
use uuid::Uuid;

use crate::read::hours;
use crate::{Day, StoreError, Tx};

/// An exception and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffException {
    /// Whose.
    pub staff_id: StaffId,
    /// The day and its hours.
    pub exception: DayException,
    /// Why, for the salon.
    pub reason: Option<String>,
}

const INSERT: &str = "INSERT INTO staff_exceptions (staff_id, on_date, reason) VALUES ($1, $2, $3)";
const INSERT_HOURS: &str = "INSERT INTO staff_exception_hours (staff_id, on_date, start_min, end_min) VALUES ($1, $2, $3, $4)";

/// An exception for a day that has none.
///
/// # Errors
/// [`StoreError::Unique`] when it has one.
pub async fn insert(tx: &mut Tx, one: &StaffException) -> Result<(), StoreError> {
    let (staff, day) = (one.staff_id.0, Day(one.exception.date));
    execute!(tx, INSERT, staff, day, one.reason.as_deref())?;
    if let DayHours::Custom(all) = &one.exception.hours {
        for hours in all {
            execute!(tx, INSERT_HOURS, staff, day, i64::from(hours.start_min()), i64::from(hours.end_min()))?;
        }
    }
    Ok(())
}

const DELETE: &str = "DELETE FROM staff_exceptions WHERE staff_id = $1 AND on_date = $2";

/// Removes the exception of a day: whether there was one.
pub async fn delete(tx: &mut Tx, staff: StaffId, date: NaiveDate) -> Result<bool, StoreError> {
    execute!(tx, DELETE, staff.0, Day(date)).map(|rows| rows > 0)
}

/// Hours of an exception with it; without hours it is one row without any.
#[derive(FromRow)]
pub(crate) struct ExceptionRow {
    staff_id: Uuid,
    on_date: Day,
    reason: Option<String>,
    start_min: Option<i64>,
    end_min: Option<i64>,
}

/// A select of exceptions, stretch by stretch.
macro_rules! exceptions {
    ($rest:literal) => {
        concat!(
            "SELECT staff_exceptions.staff_id, staff_exceptions.on_date, staff_exceptions.reason, \
             staff_exception_hours.start_min, staff_exception_hours.end_min FROM staff \
             JOIN staff_exceptions ON staff_exceptions.staff_id = staff.staff_id \
             LEFT JOIN staff_exception_hours ON staff_exception_hours.staff_id = staff_exceptions.staff_id \
             AND staff_exception_hours.on_date = staff_exceptions.on_date ",
            $rest
        )
    };
}
pub(crate) use exceptions;

/// Puts the hours of each day together again. Those of one day stand together.
pub(crate) fn gather(rows: &[ExceptionRow]) -> Result<Vec<StaffException>, StoreError> {
    let mut all = Vec::new();
    for rows in rows.chunk_by(|one, next| (one.staff_id, one.on_date) == (next.staff_id, next.on_date)) {
        let mut stretches = Vec::with_capacity(rows.len());
        for row in rows {
            if let (Some(start), Some(end)) = (row.start_min, row.end_min) {
                stretches.push(hours(start, end, "staff_exception_hours")?);
            }
        }
        let hours = if stretches.is_empty() { DayHours::Closed } else { DayHours::Custom(stretches) };
        all.push(StaffException {
            staff_id: StaffId(rows[0].staff_id),
            exception: DayException { date: rows[0].on_date.0, hours },
            reason: rows[0].reason.clone(),
        });
    }
    Ok(all)
}

pub(crate) const LIST: &str = exceptions!(
    "WHERE staff.staff_id = $1 AND staff_exceptions.on_date >= $2
    ORDER BY staff_exceptions.on_date, staff_exception_hours.start_min"
);

/// The exceptions of somebody from a day on.
pub async fn list(tx: &mut Tx, staff: StaffId, from: NaiveDate) -> Result<Vec<StaffException>, StoreError> {
    gather(&fetch!(tx, fetch_all, ExceptionRow, LIST, staff.0, Day(from))?)
}
