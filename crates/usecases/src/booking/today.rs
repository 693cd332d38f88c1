//! The day going on, at a glance: what is next, what waits for a yes, who is at work, what it has brought.

use chrono::{DateTime, NaiveDate, Utc};
use domain::booking::BookingStatus;
use domain::money::Halalas;
use domain::review::ReviewStatus;
use store::review_list;
use store::visits::{self, Visit};

use super::day::{DayColumn, day, is_at_work, minute_of};
use super::salon_desk::SalonDesk;
use crate::{Admin, Error, Usecases};

/// Visits named as next.
const NEXT: usize = 8;
/// Visits named as waiting.
const WAITING: u32 = 20;
/// Reviews looked for; more are "and more".
const REVIEWS: u32 = 21;

/// The day going on.
#[derive(Clone, Debug)]
pub struct DeskToday {
    /// Where, and who looks.
    pub desk: SalonDesk,
    /// The business day.
    pub date: NaiveDate,
    /// Who is there and who is still to come, in order.
    pub next: Vec<Visit>,
    /// What waits for a yes, on whatever day.
    pub waiting: Vec<Visit>,
    /// Who works that day.
    pub at_work: Vec<AtWork>,
    /// What the visits that are done cost, VAT inside.
    pub taken: Halalas,
    /// The same of those that are still to come.
    pub expected: Halalas,
    /// How many are done, still to come, and did not come.
    pub counts: DayCounts,
    /// Reviews that nobody has decided on, up to 21; `None` for whoever does not decide.
    pub reviews: Option<usize>,
}

/// Somebody who works that day.
#[derive(Clone, Debug)]
pub struct AtWork {
    /// Who, and when.
    pub column: DayColumn,
    /// Whether they are at work now.
    pub is_now: bool,
    /// Whether somebody is with them now.
    pub is_busy: bool,
}

/// How many visits of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayCounts {
    /// Over.
    pub done: usize,
    /// Confirmed, or there.
    pub to_come: usize,
    /// Nobody came.
    pub no_show: usize,
}

impl Usecases {
    /// The business day going on in a salon. A stylist sees their own.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn read_desk_today(&self, admin: &Admin, slug: &str) -> Result<DeskToday, Error> {
        let now = self.parts.clock.now();
        let mut tx = self.parts.store.read().await?;
        let desk = self.desk_of(&mut tx, admin, slug).await?;
        let salon = desk.salon.id;
        let date = desk.salon.wall.business_day(now);
        let midnight = desk.salon.wall.at(date, 0).unwrap_or(now);
        let waiting = visits::list_waiting(&mut tx, salon, midnight, desk.own, WAITING).await?;
        let reviews = if desk.may_decide {
            Some(review_list::list(&mut tx, salon, ReviewStatus::Pending, None, REVIEWS).await?.len())
        } else {
            None
        };
        let today = day(&mut tx, desk, date, date, now).await?;

        let minute = minute_of(midnight, now);
        let all = || today.columns.iter().flat_map(|column| column.chips.iter().map(|chip| &chip.visit));
        let with = |status| all().filter(move |visit| visit.booking.status == status);
        let open = || all().filter(|visit| is_open(visit, now));
        let mut next: Vec<_> = open().cloned().collect();
        next.sort_by_key(|visit| (visit.booking.span.starts_at, visit.booking.id));
        next.truncate(NEXT);
        let counts = DayCounts {
            done: with(BookingStatus::Completed).count(),
            to_come: all().filter(|visit| is_to_come(visit)).count(),
            no_show: with(BookingStatus::NoShow).count(),
        };
        let taken = total(with(BookingStatus::Completed));
        let expected = total(all().filter(|visit| is_to_come(visit)));
        let at_work = today.columns.iter().filter(|column| !column.hours.is_empty()).map(|column| AtWork {
            is_now: is_at_work(column, minute),
            is_busy: column.chips.iter().any(|chip| chip.visit.booking.status == BookingStatus::Arrived),
            column: column.clone(),
        });
        let at_work = at_work.collect();
        Ok(DeskToday { date, next, waiting, at_work, taken, expected, counts, reviews, desk: today.desk.clone() })
    }
}

/// Who is there already stays named until they go; who was to come is named until the visit would be over.
fn is_open(visit: &Visit, now: DateTime<Utc>) -> bool {
    match visit.booking.status {
        BookingStatus::Arrived => true,
        BookingStatus::Confirmed => visit.booking.span.ends_at > now,
        _ => false,
    }
}

const fn is_to_come(visit: &Visit) -> bool {
    matches!(visit.booking.status, BookingStatus::Confirmed | BookingStatus::Arrived)
}

fn total<'a>(visits: impl Iterator<Item = &'a Visit>) -> Halalas {
    visits.flat_map(|visit| &visit.items).fold(Halalas::default(), |sum, item| sum + item.price)
}
