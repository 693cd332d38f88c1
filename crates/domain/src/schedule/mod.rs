//! When somebody works, and what is still free then (salon.md §3).
//!
//! Minutes are counted from the midnight with which the business day begins, by the clock on the wall of the salon, and a shift belongs to
//! the day on which it starts: Thursday 20:00 to 02:00 is 1200 to 1560 of Thursday. To add a rule of precedence: `day.rs`.

mod day;
mod hours;
mod interval;
mod slots;
mod wall;
mod week;

pub use day::{Calendar, Closing, DayException, DayHours};
pub use hours::Hours;
pub use interval::{Interval, Intervals};
pub use slots::{Frame, Part, Slot, Want, free_slots};
pub use wall::Wall;
pub use week::{Overlap, Schedule, Week};
