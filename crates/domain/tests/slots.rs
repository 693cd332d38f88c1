//! Slots against the rules of salon.md §3, for calendars made at random.

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Utc, Weekday};
use chrono_tz::{Africa::Cairo, Asia::Riyadh, Tz};
use domain::schedule::{
    Calendar, Closing, DayException, DayHours, Frame, Hours, Interval, Part, Schedule, Slot, Wall, Want, Week, free_slots,
};
use proptest::collection::vec;
use proptest::prelude::*;

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn hours(start: u16, end: u16) -> Hours {
    Hours::new(start, end).expect("hours")
}

/// Every day the same.
fn calendar(zone: Tz, daily: &[Hours]) -> Calendar {
    let days = (0..7).map(|day| Weekday::try_from(day).expect("a weekday"));
    let week = Week::new(days.flat_map(|day| daily.iter().map(move |hours| (day, *hours)))).expect("no overlap");
    Calendar {
        wall: Wall(zone),
        schedules: vec![Schedule { valid_from: None, valid_to: None, week }],
        exceptions: Vec::new(),
        closings: Vec::new(),
        time_off: Vec::new(),
        taken: Vec::new(),
    }
}

/// Without notice or horizon.
fn frame(from: NaiveDate, days: u16) -> Frame {
    let at = |date: NaiveDate| date.and_hms_opt(0, 0, 0).expect("midnight").and_utc();
    Frame { from, days, grid_min: 15, not_before: at(from - Days::new(3)), not_after: at(from + Days::new(u64::from(days) + 3)) }
}

const HOUR: Want = Want { before: 0, duration: 60, after: 0 };

fn minutes(slots: &[Slot], day: NaiveDate) -> Vec<u16> {
    slots.iter().filter(|slot| slot.date == day).map(|slot| slot.minute).collect()
}

#[test]
fn the_whole_treatment_and_its_buffers_fit_the_shift() {
    let day = date("2026-11-26");
    let calendar = calendar(Riyadh, &[hours(600, 720)]);
    assert_eq!(minutes(&free_slots(&calendar, HOUR, &frame(day, 1)), day), [600, 615, 630, 645, 660]);
    let buffered = Want { before: 10, duration: 60, after: 15 };
    assert_eq!(minutes(&free_slots(&calendar, buffered, &frame(day, 1)), day), [615, 630, 645]);
}

#[test]
fn friday_one_in_the_morning_is_thursday_night() {
    let thursday = date("2026-11-26");
    assert_eq!(thursday.weekday(), Weekday::Thu);
    let calendar = calendar(Riyadh, &[hours(1320, 1560)]);
    let slots = free_slots(&calendar, HOUR, &frame(thursday, 1));
    let last = slots.last().expect("slots");
    assert_eq!((last.date, last.minute, last.part()), (thursday, 1500, Part::AfterMidnight));
    assert_eq!(last.starts_at.to_rfc3339(), "2026-11-26T22:00:00+00:00", "Friday 01:00 in Riyadh");
}

#[test]
fn closing_friday_leaves_thursday_night_alone_unless_asked() {
    let (thursday, friday) = (date("2026-11-26"), date("2026-11-27"));
    let mut calendar = calendar(Riyadh, &[hours(1320, 1560)]);
    let open = free_slots(&calendar, HOUR, &frame(thursday, 3));
    calendar.closings = vec![Closing { date: friday, takes_spill: false }];
    let closed = free_slots(&calendar, HOUR, &frame(thursday, 3));
    assert_eq!(minutes(&closed, thursday), minutes(&open, thursday));
    assert_eq!(minutes(&closed, friday), Vec::<u16>::new());
    calendar.closings = vec![Closing { date: friday, takes_spill: true }];
    let spill = free_slots(&calendar, HOUR, &frame(thursday, 3));
    assert_eq!(minutes(&spill, thursday), [1320, 1335, 1350, 1365, 1380], "until midnight");
    assert_eq!(minutes(&spill, date("2026-11-28")), minutes(&open, date("2026-11-28")));
}

#[test]
fn the_more_special_goes_before_the_more_general() {
    let day = date("2026-11-26");
    let mut calendar = calendar(Riyadh, &[hours(600, 720)]);
    let dated = Week::new([(day.weekday(), hours(780, 840))]).expect("a week");
    calendar.schedules.push(Schedule { valid_from: Some(day), valid_to: Some(day), week: dated });
    assert_eq!(minutes(&free_slots(&calendar, HOUR, &frame(day, 1)), day), [780], "dated before weekly");
    calendar.exceptions = vec![DayException { date: day, hours: DayHours::Custom(vec![hours(900, 1020)]) }];
    assert_eq!(minutes(&free_slots(&calendar, HOUR, &frame(day, 1)), day), [900, 915, 930, 945, 960], "exception before dated");
    let midday = calendar.wall.interval(day, hours(930, 990)).expect("real");
    calendar.time_off = vec![midday];
    assert_eq!(minutes(&free_slots(&calendar, HOUR, &frame(day, 1)), day), Vec::<u16>::new(), "time off before exception");
    calendar.time_off.clear();
    calendar.closings = vec![Closing { date: day, takes_spill: false }];
    assert!(free_slots(&calendar, HOUR, &frame(day, 1)).is_empty(), "closed before all");
}

#[test]
fn notice_and_horizon_come_last() {
    let day = date("2026-11-26");
    let calendar = calendar(Riyadh, &[hours(600, 1200)]);
    let at = |minute| calendar.wall.interval(day, hours(minute, minute + 1)).expect("real").from();
    let frame = Frame { not_before: at(700), not_after: at(760), ..frame(day, 2) };
    assert_eq!(minutes(&free_slots(&calendar, HOUR, &frame), day), [705, 720, 735, 750]);
}

/// A calendar, its random parts, and what is wanted.
fn cases() -> impl Strategy<Value = (Calendar, Want, NaiveDate)> {
    let zone = prop_oneof![Just(Riyadh), Just(Cairo)];
    // Egypt's clocks jump on 26 April and fall back on 31 October 2024.
    let start = prop_oneof![Just("2024-04-23"), Just("2024-10-29"), Just("2026-11-24")].prop_map(date);
    let shift = (0..1440_u16, 30..900_u16);
    let second = proptest::option::of((0..300_u16, 30..300_u16));
    let taken = vec((-1440..8000_i64, 5..300_i64), 0..12);
    let off = vec((-1440..8000_i64, 60..2000_i64), 0..3);
    let closing = proptest::option::of((0..5_u64, any::<bool>()));
    let exception = proptest::option::of((0..5_u64, proptest::option::of((0..1440_u16, 30..900_u16))));
    let want = (0..4_u16, 1..25_u16, 0..4_u16);
    (zone, start, shift, second, taken, off, closing, exception, want).prop_map(
        |(zone, start, (from, length), second, taken, off, closing, exception, (before, duration, after))| {
            let mut daily = vec![hours(from, from + length)];
            if let Some((gap, more)) = second {
                let next = from + length + gap;
                if next < 1440 && next + more <= from + 1440 {
                    daily.push(hours(next, next + more));
                }
            }
            let mut calendar = calendar(zone, &daily);
            let midnight = calendar.wall.day(start).expect("a day").from();
            let interval = |(from, length): (i64, i64)| {
                let from = midnight + TimeDelta::minutes(from);
                Interval::new(from, from + TimeDelta::minutes(length)).expect("not empty")
            };
            calendar.taken = taken.into_iter().map(interval).collect();
            calendar.time_off = off.into_iter().map(interval).collect();
            calendar.closings =
                closing.into_iter().map(|(day, takes_spill)| Closing { date: start + Days::new(day), takes_spill }).collect();
            let custom = |hours_: Option<(u16, u16)>| match hours_ {
                None => DayHours::Closed,
                Some((from, length)) => DayHours::Custom(vec![hours(from, from + length)]),
            };
            calendar.exceptions = exception
                .into_iter()
                .map(|(day, hours)| DayException { date: start + Days::new(day), hours: custom(hours) })
                .collect();
            (calendar, Want { before: before * 5, duration: duration * 5, after: after * 5 }, start)
        },
    )
}

/// Whether an exception or a jump of the clock makes one night run into the next day. Such an instant is offered once, for the earlier day;
/// when that closes, it is the later day's own.
fn days_run_into_each_other(calendar: &Calendar, from: NaiveDate, days: u64) -> bool {
    let work = |date: NaiveDate| calendar.hours_on(date).iter().filter_map(move |hours| calendar.wall.interval(date, *hours));
    let dates = (0..days).map(|day| from + Days::new(day));
    dates.into_iter().any(|date| work(date).any(|late| work(date + Days::new(1)).any(|early| early.overlaps(late))))
}

fn blocked(slot: &Slot, want: Want) -> Interval {
    let minutes = |count: u16| TimeDelta::minutes(i64::from(count));
    Interval::new(slot.starts_at - minutes(want.before), slot.starts_at + minutes(want.duration + want.after)).expect("not empty")
}

/// The same the slow way: every minute of the grid, each rule by itself.
fn slowly(calendar: &Calendar, want: Want, frame: &Frame) -> Vec<DateTime<Utc>> {
    let mut found = Vec::new();
    for date in (0..u64::from(frame.days)).map(|day| frame.from + Days::new(day)) {
        for minute in (0..2880_u16).step_by(15) {
            // The instant of a minute of a business day.
            let (day, of_day) = (date + Days::new(u64::from(minute / 1440)), minute % 1440);
            let Some(at) = calendar.wall.interval(day, hours(of_day, of_day + 1)) else { continue };
            if calendar.wall.day_and_minute(at.from()) != (day, of_day) {
                continue;
            }
            let slot = Slot { starts_at: at.from(), date, minute };
            let whole = blocked(&slot, want);
            let shifts = calendar.hours_on(date).iter().filter_map(|hours| calendar.wall.interval(date, *hours));
            let shifts: Vec<_> = shifts.collect();
            let fits = shifts.iter().any(|shift| shift.holds(whole))
                // Two shifts without a gap are one.
                || shifts.windows(2).any(|pair| {
                    pair[0].to() == pair[1].from()
                        && Interval::new(pair[0].from(), pair[1].to()).is_some_and(|both| both.holds(whole))
                });
            let is_free = !calendar.taken.iter().chain(&calendar.time_off).any(|other| other.overlaps(whole));
            let spills = calendar.closings.iter().filter(|closing| closing.takes_spill);
            let is_open = spills.filter_map(|closing| calendar.wall.day(closing.date)).all(|day| !day.overlaps(whole));
            if fits && is_free && is_open && frame.not_before <= slot.starts_at && slot.starts_at <= frame.not_after {
                found.push(slot.starts_at);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_slot_overlaps_what_blocks_and_each_fits_its_shift((calendar, want, start) in cases()) {
        let slots = free_slots(&calendar, want, &frame(start, 5));
        prop_assert!(slots.is_sorted_by(|one, next| one.starts_at < next.starts_at));
        for slot in &slots {
            let whole = blocked(slot, want);
            prop_assert!(!calendar.taken.iter().chain(&calendar.time_off).any(|other| other.overlaps(whole)));
            prop_assert!(slot.minute.is_multiple_of(15));
            let ends: Vec<_> = calendar.hours_on(slot.date).iter().filter_map(|hours| calendar.wall.interval(slot.date, *hours)).collect();
            prop_assert!(ends.iter().any(|shift| shift.from() <= whole.from()) && ends.iter().any(|shift| whole.to() <= shift.to()));
        }
    }

    #[test]
    fn every_slot_there_is_is_found((calendar, want, start) in cases()) {
        let frame = frame(start, 5);
        let found: Vec<_> = free_slots(&calendar, want, &frame).into_iter().map(|slot| slot.starts_at).collect();
        prop_assert_eq!(found, slowly(&calendar, want, &frame));
    }

    #[test]
    fn closing_a_day_touches_no_slot_of_the_night_before((calendar, want, start) in cases(), day in 0..5_u64) {
        prop_assume!(!days_run_into_each_other(&calendar, start, 5));
        let closed = start + Days::new(day);
        let mut after = calendar.clone();
        after.closings.retain(|closing| closing.date != closed);
        let before = free_slots(&after, want, &frame(start, 5));
        after.closings.push(Closing { date: closed, takes_spill: false });
        let kept: Vec<_> = before.into_iter().filter(|slot| slot.date != closed).collect();
        prop_assert_eq!(free_slots(&after, want, &frame(start, 5)), kept);
    }
}
