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

    /// Whether somebody is at work all the while, whatever is booked then. Work that goes on from one business day into the next is one.
    pub fn is_at_work(&self, visit: Interval) -> bool {
        let (date, _) = self.wall.day_and_minute(visit.from());
        let days = [date.pred_opt(), Some(date), date.succ_opt()].into_iter().flatten();
        let work = days.map(|date| self.at_work(date)).collect::<Vec<_>>();
        let work = Intervals::new(work.iter().flat_map(Intervals::iter));
        let off = Self { taken: Vec::new(), ..self.clone() }.not_free();
        work.without(&off).iter().any(|free| free.holds(visit))
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

#[cfg(test)]
mod tests {
    use chrono::{DateTime, Utc, Weekday};

    use super::*;
    use crate::schedule::Week;

    #[test]
    fn a_visit_is_within_the_work_of_its_night_and_what_is_booked_does_not_matter() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().expect("an instant");
        let visit = |from, to| Interval::new(at(from), at(to)).expect("not empty");
        let hours = Hours::new(1200, 1560).expect("hours");
        // Riyadh is three hours ahead: Thursday from 17:00 to 23:00 by Greenwich.
        let night = visit("2026-11-26T22:00:00Z", "2026-11-26T23:00:00Z");
        let mut calendar = Calendar {
            wall: Wall::parse("Asia/Riyadh").expect("a zone"),
            schedules: vec![Schedule {
                valid_from: None,
                valid_to: None,
                week: Week::new([(Weekday::Thu, hours)]).expect("a week"),
            }],
            exceptions: Vec::new(),
            closings: Vec::new(),
            time_off: Vec::new(),
            taken: vec![night],
        };
        assert!(calendar.is_at_work(night));
        assert!(!calendar.is_at_work(visit("2026-11-26T22:30:00Z", "2026-11-26T23:30:00Z")));
        let friday = "2026-11-27".parse().expect("a date");
        calendar.closings.push(Closing { date: friday, takes_spill: false });
        assert!(calendar.is_at_work(night), "it is Thursday's");
        calendar.closings[0].takes_spill = true;
        assert!(!calendar.is_at_work(night));
        calendar.closings.clear();
        calendar.time_off.push(visit("2026-11-26T22:59:00Z", "2026-11-26T23:59:00Z"));
        assert!(!calendar.is_at_work(night));
    }
}
