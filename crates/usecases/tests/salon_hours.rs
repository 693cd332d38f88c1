//! Hours that are changed under bookings: these are listed, and nothing happens until it is confirmed.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{BookingId, ScheduleId};
use domain::role::Role;
use store::on_both;
use usecases::{EditClosing, EditException, EditTimeOff, EditWeek, Error, Rule};

use crate::support::house::{booked, house, let_in_as};
use crate::support::{salon, sign_in};

const CUSTOMER: &str = "0501234567";
/// Thursday night, 00:30 to 01:15 of Friday by the clock of Riyadh.
const NIGHT: (&str, &str) = ("2027-01-21T21:30:00Z", "2027-01-21T22:15:00Z");
/// Sunday, 11:00 to 12:00.
const DAY: (&str, &str) = ("2027-01-17T08:00:00Z", "2027-01-17T09:00:00Z");

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

fn rule(weekday: i64, start: &str, end: &str) -> Rule {
    Rule { weekday, start: start.to_owned(), end: end.to_owned() }
}

fn hits<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Vec<BookingId> {
    match outcome {
        Err(Error::HitsBookings(hits)) => hits.into_iter().map(|hit| hit.booking).collect(),
        other => panic!("expected to be asked, got {other:?}"),
    }
}

fn pointers<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Vec<String> {
    match outcome {
        Err(Error::Validation(errors)) => errors.into_iter().map(|error| error.pointer).collect(),
        other => panic!("expected faults, got {other:?}"),
    }
}

on_both! {
    async fn a_week_that_leaves_a_booking_out_asks_first(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 2).await;
        let customer = sign_in(&uc, CUSTOMER).await.user.id;
        let (id, one) = (house.id(), house.staff(0));
        let night = booked(&scratch, &house, one, customer, NIGHT.0, NIGHT.1).await;
        let day = booked(&scratch, &house, one, customer, DAY.0, DAY.1).await;
        let week = EditWeek { rules: vec![rule(0, "14:00", "20:00"), rule(4, "16:00", "01:00")], ..EditWeek::default() };
        assert_eq!(hits(uc.save_week(&house.owner, id, one, &week).await), [day, night]);
        let before = uc.read_staff_hours(&house.owner, id, one).await.expect("reads").schedules;
        assert_eq!(before[0].schedule.week.rules().count(), 6, "nothing of it stayed");
        let fits = EditWeek { rules: vec![rule(0, "10:00", "20:00"), rule(4, "16:00", "02:00")], ..EditWeek::default() };
        uc.save_week(&house.owner, id, one, &fits).await.expect("both are within it");
        uc.save_week(&house.owner, id, one, &EditWeek { is_confirmed: true, ..week.clone() }).await.expect("known");
        uc.save_week(&house.owner, id, one, &week).await.expect("they are out already: no news");
        let after = uc.read_staff_hours(&house.owner, id, one).await.expect("reads").schedules;
        assert_eq!((after.len(), after[0].schedule.week.rules().count()), (1, 2));
        uc.save_week(&house.owner, id, house.staff(1), &week).await.expect("nothing is booked with the other");
    }
}

on_both! {
    async fn closing_friday_leaves_thursday_night_alone_unless_asked(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 1).await;
        let customer = sign_in(&uc, CUSTOMER).await.user.id;
        let night = booked(&scratch, &house, house.staff(0), customer, NIGHT.0, NIGHT.1).await;
        let friday = |takes_spill| EditClosing { date: date("2027-01-22"), takes_spill, reason: Some("عيد".to_owned()), is_confirmed: false };
        uc.save_closing(&house.owner, house.id(), &friday(false)).await.expect("hits nothing");
        assert_eq!(hits(uc.save_closing(&house.owner, house.id(), &friday(true)).await), [night]);
        let thursday = EditClosing { date: date("2027-01-21"), ..friday(false) };
        assert_eq!(hits(uc.save_closing(&house.owner, house.id(), &thursday).await), [night]);
        uc.save_closing(&house.owner, house.id(), &EditClosing { is_confirmed: true, ..thursday }).await.expect("known");
        let closings = uc.list_closings(&house.owner, house.id()).await.expect("lists");
        assert_eq!(closings.iter().map(|one| one.closing.takes_spill).collect::<Vec<_>>(), [false, false]);
        uc.remove_closing(&house.owner, house.id(), date("2027-01-21")).await.expect("open again");
        assert!(matches!(uc.remove_closing(&house.owner, house.id(), date("2027-01-21")).await, Err(Error::NotFound)));
        let reception = let_in_as(&uc, &house.owner, house.id(), "0509999999", Role::Reception).await;
        assert!(matches!(uc.save_closing(&reception, house.id(), &friday(false)).await, Err(Error::Forbidden)));
    }
}

on_both! {
    async fn ramadan_is_a_week_with_dates_and_asks_about_its_days_only(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 1).await;
        let customer = sign_in(&uc, CUSTOMER).await.user.id;
        let (id, one) = (house.id(), house.staff(0));
        let day = booked(&scratch, &house, one, customer, DAY.0, DAY.1).await;
        let ramadan = EditWeek {
            rules: vec![rule(0, "21:00", "03:00")],
            name: Some("رمضان ١٤٤٨".to_owned()),
            valid_from: Some(date("2027-02-08")),
            valid_to: Some(date("2027-03-08")),
            is_confirmed: false,
        };
        let saved = uc.save_dated_week(&house.owner, id, one, &ramadan, None).await.expect("hits nothing");
        let early = EditWeek { valid_from: Some(date("2027-01-10")), ..ramadan.clone() };
        assert_eq!(hits(uc.save_dated_week(&house.owner, id, one, &early, Some(saved.id)).await), [day]);
        let early = EditWeek { is_confirmed: true, ..early };
        uc.save_dated_week(&house.owner, id, one, &early, Some(saved.id)).await.expect("in place of the other");
        let weeks = uc.read_staff_hours(&house.owner, id, one).await.expect("reads").schedules;
        assert_eq!(weeks.len(), 2);
        assert!(matches!(uc.remove_week(&house.owner, (id, one), saved.id, false).await, Err(Error::NotFound)));
        uc.remove_week(&house.owner, (id, one), weeks[1].id, false).await.expect("gone");
        // The ordinary one covers the booking.
        assert_eq!(hits(uc.remove_week(&house.owner, (id, one), weeks[0].id, false).await), [day]);

        let timeless = EditWeek { valid_from: None, valid_to: None, ..ramadan.clone() };
        assert_eq!(pointers(uc.save_dated_week(&house.owner, id, one, &timeless, None).await), ["/valid_from"]);
        let backward = EditWeek { valid_to: Some(date("2027-01-01")), ..ramadan.clone() };
        assert_eq!(pointers(uc.save_dated_week(&house.owner, id, one, &backward, None).await), ["/valid_to"]);
        assert!(matches!(
            uc.save_dated_week(&house.owner, id, one, &ramadan, Some(ScheduleId(uuid::Uuid::nil()))).await,
            Err(Error::NotFound)
        ));
    }
}

on_both! {
    async fn faults_of_a_week_are_told_by_their_place(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 1).await;
        let save = async |rules: Vec<Rule>| {
            pointers(uc.save_week(&house.owner, house.id(), house.staff(0), &EditWeek { rules, ..EditWeek::default() }).await)
        };
        assert_eq!(save(vec![rule(7, "10:00", "12:00"), rule(1, "25:00", "x")]).await, ["/rules/0/weekday", "/rules/1/start"]);
        assert_eq!(save(vec![rule(4, "20:00", "02:00"), rule(5, "01:00", "05:00")]).await, ["/rules/1/start"]);
    }
}

on_both! {
    async fn an_exception_and_time_off_ask_too(scratch) {
        let uc = salon(&scratch);
        let house = house(&uc, 1).await;
        let customer = sign_in(&uc, CUSTOMER).await.user.id;
        let (id, one) = (house.id(), house.staff(0));
        let day = booked(&scratch, &house, one, customer, DAY.0, DAY.1).await;
        let off = EditException { date: date("2027-01-17"), hours: Vec::new(), reason: None, is_confirmed: false };
        assert_eq!(hits(uc.save_exception(&house.owner, id, one, &off).await), [day]);
        let hours = vec![("10:00".to_owned(), "13:00".to_owned()), ("20:00".to_owned(), "01:00".to_owned())];
        uc.save_exception(&house.owner, id, one, &EditException { hours, ..off.clone() }).await.expect("within it");
        uc.save_exception(&house.owner, id, one, &EditException { is_confirmed: true, ..off }).await.expect("replaced");
        let exceptions = uc.read_staff_hours(&house.owner, id, one).await.expect("reads").exceptions;
        assert_eq!(exceptions.len(), 1);
        uc.remove_exception(&house.owner, (id, one), date("2027-01-17"), false).await.expect("the week again");
        assert!(matches!(uc.remove_exception(&house.owner, (id, one), date("2027-01-17"), false).await, Err(Error::NotFound)));

        let away = EditTimeOff { starts_at: at(DAY.0), ends_at: at("2027-01-17T08:30:00Z"), reason: None, is_confirmed: false };
        assert_eq!(hits(uc.add_time_off(&house.owner, id, one, &away).await), [day]);
        let added = uc.add_time_off(&house.owner, id, one, &EditTimeOff { is_confirmed: true, ..away.clone() }).await.expect("known");
        uc.remove_time_off(&house.owner, id, one, added.id).await.expect("back");
        assert!(matches!(uc.remove_time_off(&house.owner, id, one, added.id).await, Err(Error::NotFound)));
        let backward = EditTimeOff { ends_at: away.starts_at, ..away };
        assert_eq!(pointers(uc.add_time_off(&house.owner, id, one, &backward).await), ["/ends_at"]);
    }
}
