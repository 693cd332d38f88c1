//! What says when staff are at work and free: weeks, exceptions, closings, time off and what is booked.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use domain::ids::{ScheduleId, StaffId, TimeOffId};
use domain::schedule::{Calendar, Closing, DayException, DayHours, Hours, Interval, Schedule, Week};
use store::calendars::{self, Asked};
use store::on_both;
use store::salon_closings::{self, SalonClosing};
use store::schedules::{self, StaffSchedule};
use store::staff_exceptions::{self, StaffException};
use store::testing::Raw;
use store::testing::salons::{OpenSalon, open_salon};
use store::time_off::{self, TimeOff};
use store::{Backend, Store, staff};

use crate::support::{at, id, reading, writing};

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

async fn read(store: &Store, open: &OpenSalon, one: Option<StaffId>, from: &str, to: &str) -> HashMap<StaffId, Calendar> {
    let asked = Asked { salon: open.salon.id, wall: open.salon.wall, staff: one, from: date(from), to: date(to), now: at(0) };
    reading!(store, |tx| calendars::list(tx, &asked))
}

store_test! {
    async fn calendars_are_read_in_four_statements_however_many_they_are(store: Store) {
        let open = open_salon(&store, 1, 12, at(0)).await;
        open_salon(&store, 2, 2, at(0)).await;
        let mut tx = store.read().await.expect("connects");
        let asked = Asked {
            salon: open.salon.id,
            wall: open.salon.wall,
            staff: None,
            from: date("2027-01-10"),
            to: date("2027-02-10"),
            now: at(0),
        };
        let before = store.statements();
        let all = calendars::list(&mut tx, &asked).await.expect("reads");
        assert_eq!((all.len(), store.statements() - before), (12, 4));
        // A Thursday: until two in the night.
        let hours = all[&open.staff[3].id].hours_on(date("2027-01-14"));
        assert_eq!(hours, [Hours::new(960, 1560).expect("hours")]);
        let one = calendars::list(&mut tx, &Asked { staff: Some(open.staff[3].id), ..asked }).await.expect("reads");
        assert_eq!(one.into_keys().collect::<Vec<_>>(), [open.staff[3].id]);
    }
}

store_test! {
    async fn who_is_gone_has_no_calendar(store: Store) {
        let open = open_salon(&store, 1, 2, at(0)).await;
        writing!(store, |tx| staff::update(tx, &staff::Staff { archived_at: Some(at(1)), ..open.staff[0].clone() }));
        let left = read(&store, &open, None, "2027-01-10", "2027-01-11").await;
        assert_eq!(left.into_keys().collect::<Vec<_>>(), [open.staff[1].id]);
    }
}

store_test! {
    async fn a_week_with_dates_is_read_with_the_days_it_is_in_force_on(store: Store) {
        let open = open_salon(&store, 1, 1, at(0)).await;
        let who = open.staff[0].id;
        let hours = Hours::new(1260, 1620).expect("hours");
        let ramadan = StaffSchedule {
            id: ScheduleId(id(7)),
            staff_id: who,
            name: Some("رمضان ١٤٤٨".into()),
            schedule: Schedule {
                valid_from: Some(date("2027-02-08")),
                valid_to: Some(date("2027-03-08")),
                week: Week::new([(Weekday::Mon, hours), (Weekday::Tue, hours)]).expect("a week"),
            },
        };
        // No hours at all is a week too: away until further notice.
        let away = StaffSchedule {
            id: ScheduleId(id(8)),
            name: None,
            schedule: Schedule { valid_from: Some(date("2027-06-01")), valid_to: None, week: Week::default() },
            ..ramadan.clone()
        };
        writing!(store, |tx| schedules::insert(tx, &ramadan, at(1)));
        writing!(store, |tx| schedules::insert(tx, &away, at(1)));
        assert_eq!(reading!(store, |tx| schedules::list(tx, who))[1..], [ramadan.clone(), away]);

        let weeks = |calendars: HashMap<StaffId, Calendar>| calendars[&who].schedules.len();
        assert_eq!(weeks(read(&store, &open, None, "2027-01-01", "2027-02-07").await), 1);
        assert_eq!(weeks(read(&store, &open, None, "2027-01-01", "2027-02-08").await), 2);
        assert_eq!(weeks(read(&store, &open, None, "2027-03-08", "2027-04-01").await), 2);
        let summer = read(&store, &open, None, "2027-06-01", "2027-06-30").await;
        assert!(summer[&who].hours_on(date("2027-06-07")).is_empty(), "the empty week stands");

        assert!(writing!(store, |tx| schedules::delete_ordinary(tx, who)));
        assert!(!writing!(store, |tx| schedules::delete_ordinary(tx, who)));
        assert!(!writing!(store, |tx| schedules::delete(tx, StaffId(id(1)), ramadan.id)), "not theirs");
        assert!(writing!(store, |tx| schedules::delete(tx, who, ramadan.id)));
        assert_eq!(reading!(store, |tx| schedules::list(tx, who)).len(), 1);
    }
}

store_test! {
    async fn exceptions_closings_and_time_off_are_read_with_their_days(store: Store) {
        let open = open_salon(&store, 1, 2, at(0)).await;
        let who = open.staff[0].id;
        let custom = |day, hours| StaffException {
            staff_id: who,
            exception: DayException { date: date(day), hours },
            reason: Some("عرس".into()),
        };
        let late = custom("2027-01-12", DayHours::Custom(vec![
            Hours::new(600, 720).expect("hours"),
            Hours::new(1200, 1500).expect("hours"),
        ]));
        let off = custom("2027-01-13", DayHours::Closed);
        for one in [&late, &off] {
            writing!(store, |tx| staff_exceptions::insert(tx, one));
        }
        assert_eq!(reading!(store, |tx| staff_exceptions::list(tx, who, date("2027-01-12"))), [late.clone(), off.clone()]);
        assert_eq!(reading!(store, |tx| staff_exceptions::list(tx, who, date("2027-01-13"))), std::slice::from_ref(&off));

        let closing = |day, takes_spill, reason: Option<&str>| SalonClosing {
            closing: Closing { date: date(day), takes_spill },
            reason: reason.map(str::to_owned),
        };
        writing!(store, |tx| salon_closings::insert(tx, open.salon.id, &closing("2027-01-14", false, None)));
        let national = closing("2027-01-14", true, Some("عيد"));
        writing!(store, |tx| salon_closings::insert(tx, open.salon.id, &national));
        let closed = |from, to| (date(from), date(to));
        let (from, to) = closed("2027-01-14", "2027-01-14");
        assert_eq!(reading!(store, |tx| salon_closings::list(tx, open.salon.id, from, to)), [national], "the later one stands");

        let (starts_at, ends_at) = (instant("2027-01-10T09:00:00Z"), instant("2027-01-10T11:00:00Z"));
        let away = TimeOff { id: TimeOffId(id(6)), staff_id: who, starts_at, ends_at, reason: None };
        writing!(store, |tx| time_off::insert(tx, &away, at(1)));
        assert_eq!(reading!(store, |tx| time_off::list(tx, who, starts_at)), std::slice::from_ref(&away));
        assert_eq!(reading!(store, |tx| time_off::list(tx, who, ends_at)), [], "over");

        // The closing is the day after the last: what spills into it is taken.
        let all = read(&store, &open, None, "2027-01-10", "2027-01-13").await;
        let calendar = &all[&who];
        assert_eq!(calendar.exceptions, [late.exception, off.exception]);
        assert_eq!(calendar.closings, [Closing { date: date("2027-01-14"), takes_spill: true }]);
        assert_eq!(calendar.time_off, [Interval::new(starts_at, ends_at).expect("not empty")]);
        let other = &all[&open.staff[1].id];
        assert!(other.exceptions.is_empty() && other.time_off.is_empty() && other.closings.len() == 1);

        assert!(writing!(store, |tx| staff_exceptions::delete(tx, who, date("2027-01-12"))));
        assert!(!writing!(store, |tx| staff_exceptions::delete(tx, who, date("2027-01-12"))));
        assert!(writing!(store, |tx| salon_closings::delete(tx, open.salon.id, date("2027-01-14"))));
        assert!(!writing!(store, |tx| salon_closings::delete(tx, open.salon.id, date("2027-01-14"))));
        assert!(!writing!(store, |tx| time_off::delete(tx, open.staff[1].id, away.id)), "not theirs");
        assert!(writing!(store, |tx| time_off::delete(tx, who, away.id)));
    }
}

on_both! {
    async fn what_blocks_is_taken_and_a_hold_that_is_over_is_not(scratch) {
        let open = open_salon(&scratch.store, 1, 1, at(0)).await;
        let who = open.staff[0].id;
        let mut raw = Raw::connect(&scratch.url).await;
        let backend = raw.backend();
        let literal = |id: uuid::Uuid| match backend {
            Backend::Sqlite => format!("X'{}'", id.simple()),
            Backend::Postgres => format!("'{id}'"),
        };
        let key = match raw.backend() {
            Backend::Sqlite => ("X'01'", "X'02'", 0),
            Backend::Postgres => ("'\\x01'", "'\\x02'", 1),
        };
        let no = if key.2 == 0 { "0" } else { "FALSE" };
        let (salon, staff) = (literal(open.salon.id.0), literal(who.0));
        let user = crate::support::active(&scratch.store, 1).await;
        let customer = literal(user.id.0);
        let rows = [
            ("confirmed", "2027-01-10T08:00:00.000000Z", "2027-01-10T09:00:00.000000Z", "NULL, NULL".to_owned()),
            ("cancelled_by_salon", "2027-01-10T10:00:00.000000Z", "2027-01-10T11:00:00.000000Z", "NULL, NULL".to_owned()),
            ("held", "2027-01-10T12:00:00.000000Z", "2027-01-10T13:00:00.000000Z", format!("{}, '2099-01-01T00:00:00.000000Z'", key.0)),
            ("held", "2027-01-10T14:00:00.000000Z", "2027-01-10T15:00:00.000000Z", format!("{}, '2020-01-01T00:00:00.000000Z'", key.1)),
        ];
        for (number, (status, from, to, hold)) in (1_u128..).zip(&rows) {
            let id = literal(id(number));
            raw.run(&format!(
                "INSERT INTO bookings (booking_id, code, salon_id, staff_id, customer_id, starts_at, ends_at, blocked_from, blocked_to,
                business_date, status, is_overbooked, source, version, changed_at, created_at, hold_hash, hold_expires_at)
                VALUES ({id}, 'C{number}', {salon}, {staff}, {customer}, '{from}', '{to}', '{from}', '{to}', '2027-01-10', '{status}', {no},
                'web', 1, '{from}', '{from}', {hold})"
            ))
            .await;
        }
        let calendars = read(&scratch.store, &open, Some(who), "2027-01-10", "2027-01-10").await;
        let mut taken = calendars[&who].taken.clone();
        taken.sort_unstable();
        let expected = [&rows[0], &rows[2]].map(|row| Interval::new(instant(row.1), instant(row.2)).expect("not empty"));
        assert_eq!(taken, expected);
        assert!(read(&scratch.store, &open, Some(who), "2027-01-14", "2027-01-20").await[&who].taken.is_empty());
    }
}
