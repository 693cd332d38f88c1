//! What a member of staff works on one business day: salon closed > time off > exception > dated schedule > weekly (salon.md §3).

use chrono::NaiveDate;

use super::week::in_force;
use super::{Hours, Interval, Intervals, Schedule, Wall};

/// What is so on one date instead of the week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DayHours {
    /// Nothing.
    Closed,
    /// These hours, which do not overlap.
    Custom(Vec<Hours>),
}

/// The exception of a member of staff for the business day that starts on `date`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayException {
    /// The day.
    pub date: NaiveDate,
    /// What is so on it.
    pub hours: DayHours,
}

/// A day on which the salon itself is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closing {
    /// The business day.
    pub date: NaiveDate,
    /// Whether what the night before spills into that date goes too. Only when it was asked for.
    pub takes_spill: bool,
}

/// All that says when one member of staff is at work and free.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The clock of the salon.
    pub wall: Wall,
    /// Weeks, the ordinary and the dated.
    pub schedules: Vec<Schedule>,
    /// One a date at most.
    pub exceptions: Vec<DayException>,
    /// Days on which the salon is closed.
    pub closings: Vec<Closing>,
    /// Time off, in real time.
    pub time_off: Vec<Interval>,
    /// What blocks: bookings with their buffers, and holds.
    pub taken: Vec<Interval>,
}

impl Calendar {
    /// The hours of a business day before time off and bookings are taken out.
    pub fn hours_on(&self, date: NaiveDate) -> &[Hours] {
        if self.closings.iter().any(|closing| closing.date == date) {
            return &[];
        }
        match self.exceptions.iter().find(|exception| exception.date == date).map(|exception| &exception.hours) {
            Some(DayHours::Closed) => &[],
            Some(DayHours::Custom(hours)) => hours,
            None => in_force(&self.schedules, date),
        }
    }

    /// What is taken out of all hours, whichever day they belong to.
    pub(super) fn not_free(&self) -> Intervals {
        let spills = self.closings.iter().filter(|closing| closing.takes_spill);
        let spills = spills.filter_map(|closing| self.wall.day(closing.date));
        Intervals::new(self.taken.iter().chain(&self.time_off).copied().chain(spills))
    }

    /// The work of a business day as real time.
    pub(super) fn at_work(&self, date: NaiveDate) -> Intervals {
        Intervals::new(self.hours_on(date).iter().filter_map(|hours| self.wall.interval(date, *hours)))
    }
}
