//! All that says when the staff of a salon are at work and free, from the tables that hold it: four statements, however many they are.

use std::collections::HashMap;

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};
use domain::ids::{BookingId, SalonId, StaffId};
use domain::schedule::{Calendar, Interval, Wall};
use sqlx::FromRow;
use uuid::Uuid;

use crate::schedules::{RuleRow, weeks};
use crate::staff_exceptions::{ExceptionRow, exceptions};
use crate::{Day, Instant, StoreError, Tx, salon_closings, schedules, staff_exceptions};

/// Whose calendars, and of which business days.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Where.
    pub salon: SalonId,
    /// The clock there.
    pub wall: Wall,
    /// One of its staff, `None`: all who are not gone.
    pub staff: Option<StaffId>,
    /// The first business day.
    pub from: NaiveDate,
    /// The last one.
    pub to: NaiveDate,
    /// Holds that are over by then do not count.
    pub now: DateTime<Utc>,
}

// `$2` is one member of staff or NULL, which is everybody.
pub(crate) const LIST_WEEKS: &str = weeks!(
    "WHERE staff.salon_id = $1 AND staff.archived_at IS NULL AND staff.staff_id = COALESCE($2, staff.staff_id)
    AND COALESCE(schedules.valid_from, $4) <= $4 AND COALESCE(schedules.valid_to, $3) >= $3
    ORDER BY schedules.schedule_id"
);

pub(crate) const LIST_EXCEPTIONS: &str = exceptions!(
    "WHERE staff.salon_id = $1 AND staff.archived_at IS NULL AND staff.staff_id = COALESCE($2, staff.staff_id)
    AND staff_exceptions.on_date >= $3 AND staff_exceptions.on_date <= $4
    ORDER BY staff_exceptions.staff_id, staff_exceptions.on_date, staff_exception_hours.start_min"
);

/// What blocks stands as text, so that the partial index is used for any values. A hold that is over frees its time before anybody
/// sweeps it away.
pub(crate) const LIST_TAKEN: &str =
    "SELECT time_off.staff_id, time_off.starts_at AS from_at, time_off.ends_at AS to_at, TRUE AS is_off
    FROM staff JOIN time_off ON time_off.staff_id = staff.staff_id
    WHERE staff.salon_id = $1 AND staff.archived_at IS NULL AND staff.staff_id = COALESCE($2, staff.staff_id)
    AND time_off.ends_at > $3 AND time_off.starts_at < $4
    UNION ALL
    SELECT bookings.staff_id, bookings.blocked_from, bookings.blocked_to, FALSE
    FROM staff JOIN bookings ON bookings.staff_id = staff.staff_id
    WHERE staff.salon_id = $1 AND staff.archived_at IS NULL AND staff.staff_id = COALESCE($2, staff.staff_id)
    AND bookings.status IN ('held', 'pending', 'confirmed', 'arrived') AND bookings.blocked_to > $3 AND bookings.blocked_from < $4
    AND (bookings.status <> 'held' OR bookings.hold_expires_at > $5)";

#[derive(FromRow)]
struct TakenRow {
    staff_id: Uuid,
    from_at: Instant,
    to_at: Instant,
    is_off: bool,
}

/// A booking that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Key.
    pub id: BookingId,
    /// What the customer knows it by.
    pub code: String,
    /// With whom.
    pub staff_id: StaffId,
    /// The visit, without the time around it.
    pub visit: Interval,
}

#[derive(FromRow)]
struct StandingRow {
    booking_id: Uuid,
    code: String,
    staff_id: Uuid,
    starts_at: Instant,
    ends_at: Instant,
}

pub(crate) const LIST_STANDING: &str =
    "SELECT bookings.booking_id, bookings.code, bookings.staff_id, bookings.starts_at, bookings.ends_at
    FROM staff JOIN bookings ON bookings.staff_id = staff.staff_id
    WHERE staff.salon_id = $1 AND staff.staff_id = COALESCE($2, staff.staff_id)
    AND bookings.status IN ('held', 'pending', 'confirmed', 'arrived') AND bookings.status <> 'held' AND bookings.blocked_to > $3
    ORDER BY bookings.starts_at, bookings.booking_id";

/// What is booked in a salon, or with one of its staff, and not over at `from`, in its order. Holds are nobody's yet.
pub async fn list_standing(
    tx: &mut Tx,
    salon: SalonId,
    one: Option<StaffId>,
    from: DateTime<Utc>,
) -> Result<Vec<Standing>, StoreError> {
    let rows = fetch!(tx, fetch_all, StandingRow, LIST_STANDING, salon.0, one.map(|id| id.0), Instant(from))?;
    let standing = |row: StandingRow| {
        Some(Standing {
            id: BookingId(row.booking_id),
            code: row.code,
            staff_id: StaffId(row.staff_id),
            visit: Interval::new(row.starts_at.0, row.ends_at.0)?,
        })
    };
    Ok(rows.into_iter().filter_map(standing).collect())
}

/// The calendars of those who have any hours of their own on those days, by whose they are. Who is not in it does not work then.
pub async fn list(tx: &mut Tx, asked: &Asked) -> Result<HashMap<StaffId, Calendar>, StoreError> {
    let (salon, one) = (asked.salon.0, asked.staff.map(|id| id.0));
    let (from, to) = (Day(asked.from), Day(asked.to));
    // A day spills over into the next, which may be closed with what spills into it; and no zone is further than a day from Greenwich.
    let end = asked.to.checked_add_days(Days::new(1)).unwrap_or(asked.to);
    let midnight = |date: NaiveDate| Instant(date.and_time(NaiveTime::MIN).and_utc());
    let first = midnight(asked.from.checked_sub_days(Days::new(1)).unwrap_or(asked.from));
    let last = midnight(end.checked_add_days(Days::new(2)).unwrap_or(end));

    let weeks = schedules::gather(&fetch!(tx, fetch_all, RuleRow, LIST_WEEKS, salon, one, from, to)?)?;
    let exceptions = staff_exceptions::gather(&fetch!(tx, fetch_all, ExceptionRow, LIST_EXCEPTIONS, salon, one, from, to)?)?;
    let closings = salon_closings::list(tx, asked.salon, asked.from, end).await?;
    let taken = fetch!(tx, fetch_all, TakenRow, LIST_TAKEN, salon, one, first, last, Instant(asked.now))?;

    let closings: Vec<_> = closings.into_iter().map(|one| one.closing).collect();
    let mut calendars: HashMap<StaffId, Calendar> = HashMap::new();
    let empty = || Calendar {
        wall: asked.wall,
        schedules: Vec::new(),
        exceptions: Vec::new(),
        closings: closings.clone(),
        time_off: Vec::new(),
        taken: Vec::new(),
    };
    for week in weeks {
        calendars.entry(week.staff_id).or_insert_with(empty).schedules.push(week.schedule);
    }
    for one in exceptions {
        calendars.entry(one.staff_id).or_insert_with(empty).exceptions.push(one.exception);
    }
    for row in taken {
        let Some(calendar) = calendars.get_mut(&StaffId(row.staff_id)) else { continue };
        let stretches = if row.is_off { &mut calendar.time_off } else { &mut calendar.taken };
        stretches.extend(Interval::new(row.from_at.0, row.to_at.0));
    }
    Ok(calendars)
}
