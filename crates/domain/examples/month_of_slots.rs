//! What a month of slots takes in a salon where twenty people work: `cargo run -p domain --release --example month_of_slots`.

use chrono::{NaiveDate, TimeDelta, Weekday};
use chrono_tz::Asia::Riyadh;
use domain::schedule::{Calendar, Frame, Hours, Interval, Schedule, Wall, Want, Week, free_slots};

const ROUNDS: u32 = 100;
const WANT: Want = Want { before: 0, duration: 60, after: 0 };

fn main() {
    let from = NaiveDate::from_ymd_opt(2027, 1, 1).expect("a date");
    let midnight = from.and_hms_opt(0, 0, 0).expect("a time").and_utc();
    let shifts = [(600, 840), (960, 1560)].map(|(start, end)| Hours::new(start, end).expect("hours"));
    let days = (0..7).map(|day| Weekday::try_from(day).expect("a weekday"));
    let week = Week::new(days.flat_map(|day| shifts.map(|hours| (day, hours)))).expect("no overlap");
    let morning = midnight + TimeDelta::hours(8);
    let visits = (0..31).flat_map(|day| (0..6).map(move |place| morning + TimeDelta::days(day) + TimeDelta::hours(2 * place)));
    let busy = Calendar {
        wall: Wall(Riyadh),
        schedules: vec![Schedule { valid_from: None, valid_to: None, week }],
        exceptions: Vec::new(),
        closings: Vec::new(),
        time_off: Vec::new(),
        taken: visits.filter_map(|start| Interval::new(start, start + TimeDelta::minutes(50))).collect(),
    };
    let frame = Frame {
        from,
        days: 31,
        grid_min: 15,
        not_before: midnight - TimeDelta::days(3),
        not_after: midnight + TimeDelta::days(34),
    };
    let everybody = vec![busy; 20];
    let started = std::time::Instant::now();
    let found: usize = (0..ROUNDS).map(|_| everybody.iter().map(|one| free_slots(one, WANT, &frame).len()).sum::<usize>()).sum();
    println!("{found} slots in {ROUNDS} months, {:?} a month", started.elapsed() / ROUNDS);
}
