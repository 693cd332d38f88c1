//! The week of a member of staff, and the weeks that replace it for a time: Ramadan, a summer.

use chrono::{Datelike, NaiveDate, Weekday};

use super::Hours;
use super::hours::DAY_MIN;

/// Minutes of a week.
const WEEK_MIN: u32 = 7 * DAY_MIN as u32;

/// Two stretches of one week at the same time. Each is the day and its hours; the spill past midnight counts, from Saturday into Sunday too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The one that starts first in the week.
    pub first: (Weekday, Hours),
    /// The other.
    pub second: (Weekday, Hours),
}

/// Hours by the day on which they start. None overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Week([Vec<Hours>; 7]);

impl Week {
    /// A week, its stretches in any order, several a day.
    ///
    /// # Errors
    /// The first two that overlap.
    pub fn new(rules: impl IntoIterator<Item = (Weekday, Hours)>) -> Result<Self, Overlap> {
        let mut rules: Vec<_> = rules.into_iter().collect();
        rules.sort_unstable_by_key(|(day, hours)| (day.num_days_from_sunday(), *hours));
        let start =
            |(day, hours): (Weekday, Hours)| day.num_days_from_sunday() * u32::from(DAY_MIN) + u32::from(hours.start_min());
        let end = |rule: (Weekday, Hours)| start(rule) + u32::from(rule.1.end_min() - rule.1.start_min());
        for pair in rules.windows(2) {
            if end(pair[0]) > start(pair[1]) {
                return Err(Overlap { first: pair[0], second: pair[1] });
            }
        }
        // The week goes round: Saturday night runs into Sunday.
        if let ([first, ..], [.., last]) = (rules.as_slice(), rules.as_slice())
            && end(*last) > WEEK_MIN + start(*first)
        {
            return Err(Overlap { first: *first, second: *last });
        }
        let mut week = Self::default();
        for (day, hours) in rules {
            week.0[day.num_days_from_sunday() as usize].push(hours);
        }
        Ok(week)
    }

    /// The hours that start on that weekday, in order.
    pub fn on(&self, day: Weekday) -> &[Hours] {
        &self.0[day.num_days_from_sunday() as usize]
    }

    /// Every stretch, from Sunday on.
    pub fn rules(&self) -> impl Iterator<Item = (Weekday, Hours)> + '_ {
        let days = [Weekday::Sun, Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat];
        days.into_iter().flat_map(|day| self.on(day).iter().map(move |hours| (day, *hours)))
    }
}

/// A week in force from one date to another, both included. Without dates it is the ordinary week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The first day, `None`: it always was.
    pub valid_from: Option<NaiveDate>,
    /// The last day, `None`: until further notice.
    pub valid_to: Option<NaiveDate>,
    /// The week.
    pub week: Week,
}

impl Schedule {
    /// Whether it has dates, and so goes before the ordinary week.
    pub const fn is_dated(&self) -> bool {
        self.valid_from.is_some() || self.valid_to.is_some()
    }

    /// Whether it is in force on a business day.
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.valid_from.is_none_or(|from| from <= date) && self.valid_to.is_none_or(|to| date <= to)
    }
}

/// The week in force on a day: a dated one before the ordinary one; of several dated ones that which began last.
pub(super) fn in_force(schedules: &[Schedule], date: NaiveDate) -> &[Hours] {
    schedules
        .iter()
        .filter(|schedule| schedule.covers(date))
        .max_by_key(|schedule| (schedule.is_dated(), schedule.valid_from))
        .map_or(&[], |schedule| schedule.week.on(date.weekday()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(start: u16, end: u16) -> Hours {
        Hours::new(start, end).expect("hours")
    }

    #[test]
    fn the_spill_of_a_night_must_not_run_into_the_next_day() {
        let (night, early) = ((Weekday::Thu, hours(1200, 1560)), (Weekday::Fri, hours(60, 300)));
        assert_eq!(Week::new([early, night]), Err(Overlap { first: night, second: early }));
        assert!(Week::new([(Weekday::Fri, hours(120, 300)), night]).is_ok(), "02:00 to 02:00 only touches");
        let (saturday, sunday) = ((Weekday::Sat, hours(1200, 1560)), (Weekday::Sun, hours(0, 300)));
        assert_eq!(Week::new([saturday, sunday]), Err(Overlap { first: sunday, second: saturday }));
        let (morning, evening) = ((Weekday::Mon, hours(600, 780)), (Weekday::Mon, hours(960, 1320)));
        assert_eq!(Week::new([evening, morning]).expect("no overlap").on(Weekday::Mon), [morning.1, evening.1]);
    }

    #[test]
    fn one_day_round_is_all_that_a_single_rule_can_be() {
        assert!(Week::new([(Weekday::Sat, hours(600, 2040))]).is_ok());
    }

    #[test]
    fn ramadan_goes_before_the_ordinary_week_and_only_while_it_lasts() {
        let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let week = |start, end| Week::new([(Weekday::Mon, hours(start, end))]).expect("a week");
        let ordinary = Schedule { valid_from: None, valid_to: None, week: week(600, 1320) };
        let ramadan =
            Schedule { valid_from: Some(date("2027-02-08")), valid_to: Some(date("2027-03-08")), week: week(1260, 1560) };
        let all = [ramadan, ordinary];
        assert_eq!(in_force(&all, date("2027-02-01")), [hours(600, 1320)]);
        assert_eq!(in_force(&all, date("2027-02-08")), [hours(1260, 1560)]);
        assert_eq!(in_force(&all, date("2027-03-08")), [hours(1260, 1560)]);
        assert_eq!(in_force(&all, date("2027-03-15")), [hours(600, 1320)]);
        assert!(in_force(&all, date("2027-03-16")).is_empty(), "a Tuesday");
    }
}
