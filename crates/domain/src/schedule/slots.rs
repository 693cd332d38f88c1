//! Slots that can be booked: a pure function of the calendar.

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::hours::DAY_MIN;
use super::{Calendar, Interval};
use crate::treatment::Terms;

/// What is to be fitted in, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Want {
    /// Blocked before it begins.
    pub before: u16,
    /// How long the customer is there.
    pub duration: u16,
    /// Blocked after it.
    pub after: u16,
}

impl From<&Terms> for Want {
    fn from(terms: &Terms) -> Self {
        Self { before: terms.buffers.before(), duration: terms.duration.get(), after: terms.buffers.after() }
    }
}

/// From when until when, and on which grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The first business day.
    pub from: NaiveDate,
    /// How many.
    pub days: u16,
    /// Slots begin at multiples of it, in minutes of the business day.
    pub grid_min: u16,
    /// No slot begins before: now and the notice.
    pub not_before: DateTime<Utc>,
    /// No slot begins after: the horizon.
    pub not_after: DateTime<Utc>,
}

/// A slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// When it begins for the customer.
    pub starts_at: DateTime<Utc>,
    /// The business day it belongs to.
    pub date: NaiveDate,
    /// The minute of that day: from 1440 on it is after midnight.
    pub minute: u16,
}

/// The part of the day a slot is in, for headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Before noon.
    Morning,
    /// Until 17:00.
    Afternoon,
    /// Until midnight.
    Evening,
    /// After midnight, still of the day before.
    AfterMidnight,
}

impl Slot {
    /// The part of the business day.
    pub const fn part(&self) -> Part {
        match self.minute {
            ..720 => Part::Morning,
            720..1020 => Part::Afternoon,
            1020..DAY_MIN => Part::Evening,
            _ => Part::AfterMidnight,
        }
    }
}

/// Every slot of a member of staff, in order. A slot is on the grid, and it and its buffers lie in one stretch of work that nothing else
/// has taken; notice and horizon come last.
pub fn free_slots(calendar: &Calendar, want: Want, frame: &Frame) -> Vec<Slot> {
    let not_free = calendar.not_free();
    let (not_before, not_after) = (frame.not_before.timestamp(), frame.not_after.timestamp());
    let (before, rest) = (i64::from(want.before) * 60, i64::from(want.duration + want.after) * 60);
    let mut slots = Vec::new();
    for date in (0..u64::from(frame.days)).filter_map(|day| frame.from.checked_add_days(Days::new(day))) {
        for free in calendar.at_work(date).without(&not_free).iter() {
            if free.to_s - free.from_s < before + rest || free.from_s > not_after {
                continue;
            }
            for (minute, start) in starts(calendar, date, frame.grid_min, free) {
                let blocked = Interval { from_s: start - before, to_s: start + rest };
                if free.holds(blocked) && not_before <= start && start <= not_after {
                    let starts_at = DateTime::from_timestamp(start, 0).unwrap_or_default();
                    slots.push(Slot { starts_at, date, minute });
                }
            }
        }
    }
    // An exception can run into the spill of the night before: then the same instant is of two days, and is offered once, for the earlier.
    slots.sort_unstable();
    slots.dedup_by_key(|slot| slot.starts_at);
    slots
}

/// The points of the grid around a stretch of real time, with their seconds. Where the clock runs evenly, which is everywhere but on one
/// or two nights a year, the second follows from the first of them.
fn starts(calendar: &Calendar, date: NaiveDate, grid_min: u16, free: Interval) -> impl Iterator<Item = (u16, i64)> + '_ {
    let wall = calendar.wall;
    let midnight = wall.second(date, 0).unwrap_or(i64::MAX);
    let runs_evenly = wall.second(date, 2 * DAY_MIN - 1).is_some_and(|last| last - midnight == i64::from(2 * DAY_MIN - 1) * 60);
    let first = u16::try_from((free.from_s - midnight).div_euclid(60).max(0)).unwrap_or(0) / grid_min * grid_min;
    let first = if runs_evenly { first } else { 0 };
    (first..2 * DAY_MIN).step_by(usize::from(grid_min.max(1))).map_while(move |minute| {
        let second = if runs_evenly { midnight + i64::from(minute) * 60 } else { wall.second(date, minute)? };
        (second < free.to_s).then_some((minute, second))
    })
}
