//! A business day of a salon as its desk sees it: a column for each member of staff on one axis that may pass midnight.

use chrono::{DateTime, NaiveDate, Utc};
use domain::booking::BookingStatus;
use domain::ids::StaffId;
use domain::schedule::{Calendar, Hours, Interval};
use store::Tx;
use store::calendars::{self, Asked};
use store::staff::{self, Staff};
use store::visits::{self, Days, Visit};

use super::salon_desk::SalonDesk;
use crate::{Admin, Error, Usecases};

/// Bookings of a day; more do not fit on a screen either.
const MOST: u32 = 1_000;
/// Minutes of a business day and of the night after it.
const AXIS_END: u16 = 2_880;
/// The axis of a day on which nobody works and nothing is booked: 10:00 to 22:00.
const EMPTY_AXIS: (u16, u16) = (600, 1_320);
/// Chips side by side in a column; a further one lies in the last lane.
const MOST_LANES: u8 = 4;

/// A stretch of the day, in minutes from its midnight: from 1440 on it is the night after it.
pub type Stretch = (u16, u16);

/// A day at the desk.
#[derive(Clone, Debug)]
pub struct DeskDay {
    /// Where, and who looks.
    pub desk: SalonDesk,
    /// The business day.
    pub date: NaiveDate,
    /// The one that is going on.
    pub today: NaiveDate,
    /// From which full hour to which the axis goes.
    pub axis: Stretch,
    /// In the order of the salon: who works that day, and whoever has a booking on it.
    pub columns: Vec<DayColumn>,
    /// What is not to take place: called off, declined.
    pub off: Vec<Visit>,
}

/// One member of staff on that day.
#[derive(Clone, Debug)]
pub struct DayColumn {
    /// Who.
    pub staff: Staff,
    /// Their work, before time off is taken out.
    pub hours: Vec<Hours>,
    /// Time off within the axis.
    pub time_off: Vec<Stretch>,
    /// Chips beside each other, where bookings lie over one another: 1 when none does.
    pub lanes: u8,
    /// In the order they begin.
    pub chips: Vec<Chip>,
}

/// A booking in its place.
#[derive(Clone, Debug)]
pub struct Chip {
    /// The booking.
    pub visit: Visit,
    /// When, without the time around it.
    pub at: Stretch,
    /// From 0 on.
    pub lane: u8,
}

impl Usecases {
    /// A business day of a salon, `None`: the one going on. A stylist sees their own column.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn read_desk_day(&self, admin: &Admin, slug: &str, date: Option<NaiveDate>) -> Result<DeskDay, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.read().await?;
        let desk = self.desk_of(&mut tx, admin, slug).await?;
        let today = desk.salon.wall.business_day(now);
        let date = date.unwrap_or(today);
        day(&mut tx, desk, date, today, now).await
    }
}

/// The day of a salon that somebody has come to the desk of.
pub(super) async fn day(
    tx: &mut Tx,
    desk: SalonDesk,
    date: NaiveDate,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<DeskDay, Error> {
    let (salon, wall) = (desk.salon.id, desk.salon.wall);
    let visits = visits::list_for_days(tx, &Days { salon, from: date, to: date, staff: desk.own, now }, MOST).await?;
    let mut calendars = calendars::list(tx, &Asked { salon, wall, staff: desk.own, from: date, to: date, now }).await?;
    let (takes_place, off): (Vec<_>, Vec<_>) = visits.into_iter().partition(|visit| takes_place(visit.booking.status));

    let midnight = wall.at(date, 0).unwrap_or(now);
    let mut columns = Vec::new();
    for one in staff::list(tx, salon).await? {
        if desk.own.is_some_and(|own| own != one.id) {
            continue;
        }
        let calendar = calendars.remove(&one.id);
        let hours = calendar.as_ref().map(|calendar| calendar.hours_on(date).to_vec()).unwrap_or_default();
        let chips: Vec<_> = takes_place.iter().filter(|visit| visit.booking.staff_id == one.id).cloned().collect();
        // Whoever is gone has a column for what is still with them; whoever is off that day has one too, because one may book over it.
        if one.archived_at.is_some() && chips.is_empty() {
            continue;
        }
        let time_off = calendar.iter().flat_map(|calendar: &Calendar| &calendar.time_off);
        let time_off = time_off.filter_map(|off: &Interval| stretch(midnight, off.from(), off.to())).collect();
        let (chips, lanes) = in_lanes(midnight, chips);
        columns.push(DayColumn { staff: one, hours, time_off, lanes, chips });
    }
    Ok(DeskDay { axis: axis(&columns), desk, date, today, columns, off })
}

const fn takes_place(status: BookingStatus) -> bool {
    status.blocks() || matches!(status, BookingStatus::Completed | BookingStatus::NoShow)
}

/// Minutes of the business day between two instants; `None` when nothing of it lies in the day or its night.
fn stretch(midnight: DateTime<Utc>, from: DateTime<Utc>, to: DateTime<Utc>) -> Option<Stretch> {
    let minute = |at: DateTime<Utc>| u16::try_from((at - midnight).num_minutes().clamp(0, AXIS_END.into())).unwrap_or(0);
    let (from, to) = (minute(from), minute(to));
    (from < to).then_some((from, to))
}

/// Puts each into the first lane that is free.
fn in_lanes(midnight: DateTime<Utc>, visits: Vec<Visit>) -> (Vec<Chip>, u8) {
    let mut ends: Vec<u16> = Vec::new();
    let mut chips = Vec::with_capacity(visits.len());
    for visit in visits {
        let Some(at) = stretch(midnight, visit.booking.span.starts_at, visit.booking.span.ends_at) else { continue };
        let lane = ends.iter().position(|end| *end <= at.0).unwrap_or(ends.len()).min(usize::from(MOST_LANES) - 1);
        if lane == ends.len() {
            ends.push(at.1);
        } else {
            ends[lane] = ends[lane].max(at.1);
        }
        chips.push(Chip { visit, at, lane: u8::try_from(lane).unwrap_or(0) });
    }
    (chips, u8::try_from(ends.len().max(1)).unwrap_or(MOST_LANES))
}

/// Full hours around everything of the day.
fn axis(columns: &[DayColumn]) -> Stretch {
    let hours = columns.iter().flat_map(|column| column.hours.iter().map(|hours| (hours.start_min(), hours.end_min())));
    let all: Vec<_> = hours.chain(columns.iter().flat_map(|column| column.chips.iter().map(|chip| chip.at))).collect();
    let (Some(from), Some(to)) = (all.iter().map(|at| at.0).min(), all.iter().map(|at| at.1).max()) else { return EMPTY_AXIS };
    (from / 60 * 60, to.div_ceil(60) * 60)
}

/// What a member of staff does at an instant of a day.
pub(super) fn is_at_work(column: &DayColumn, minute: u16) -> bool {
    let works = column.hours.iter().any(|hours| (hours.start_min()..hours.end_min()).contains(&minute));
    works && !column.time_off.iter().any(|off| (off.0..off.1).contains(&minute))
}

/// The minute of a business day that an instant is.
pub(super) fn minute_of(midnight: DateTime<Utc>, at: DateTime<Utc>) -> u16 {
    u16::try_from((at - midnight).num_minutes().clamp(0, AXIS_END.into())).unwrap_or(0)
}

impl DeskDay {
    /// Everything of the day that takes place with one of the staff.
    pub fn column(&self, staff: StaffId) -> Option<&DayColumn> {
        self.columns.iter().find(|column| column.staff.id == staff)
    }

    /// The minute of the business day that an instant is, as far as the axis goes.
    pub fn minute(&self, at: DateTime<Utc>) -> Option<u16> {
        let midnight = self.desk.salon.wall.at(self.date, 0)?;
        let minute = u16::try_from((at - midnight).num_minutes()).ok()?;
        (self.axis.0..self.axis.1).contains(&minute).then_some(minute)
    }
}
