//! The day at the desk of a salon, and what is seen of it by whom.

use chrono::{NaiveDate, TimeDelta};
use domain::booking::BookingStatus;
use domain::role::Role;
use store::{on_both, staff};
use usecases::{BookingAct, DeskBooking, Error, Overbook, Usecases};

use crate::support::booking::{act, at, book, customer, of_salon, open};
use crate::support::{salon, staff as people, wait};

const SARA: &str = "0501234567";
const MANAGER: &str = "0500000011";
const STYLIST: &str = "0500000012";

fn saturday() -> NaiveDate {
    at(0).date_naive()
}

fn by_phone(place: &store::testing::salons::OpenSalon, minutes: i64, overbook: Option<Overbook>) -> DeskBooking {
    DeskBooking {
        treatment: place.treatments[0].id,
        staff: Some(place.staff[0].id),
        starts_at: at(minutes),
        phone: SARA.into(),
        given_name: None,
        attendee_name: None,
        note: None,
        overbook,
    }
}

async fn chips(uc: &Usecases, admin: &usecases::Admin, date: NaiveDate) -> Vec<(String, usecases::Stretch, u8)> {
    let day = uc.read_desk_day(admin, "salon-1", Some(date)).await.expect("a day");
    let chips = day.columns.iter().flat_map(|column| &column.chips);
    chips.map(|chip| (chip.visit.booking.status.as_str().to_owned(), chip.at, chip.lane)).collect()
}

on_both! {
    async fn a_day_has_a_column_for_each_and_its_axis_passes_midnight(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 2).await;
        let manager = of_salon(&uc, place.salon.id, MANAGER, Role::Manager).await;
        let sara = customer(&uc, SARA).await;
        let first = book(&uc, &sara, &place, at(0)).await.expect("booked").visit.booking;
        let over = Overbook { reason: "late".into() };
        uc.book_at_desk(&manager, place.salon.id, &by_phone(&place, 30, Some(over))).await.expect("over it");

        let day = uc.read_desk_day(&manager, "salon-1", Some(saturday())).await.expect("a day");
        assert_eq!((day.date, day.axis, day.columns.len()), (saturday(), (600, 1_320), 2));
        assert_eq!(chips(&uc, &manager, saturday()).await, [("confirmed".into(), (600, 645), 0), ("confirmed".into(), (630, 675), 1)]);
        assert_eq!((day.columns[0].lanes, day.columns[1].lanes), (2, 1));
        assert!(day.columns[0].chips[1].visit.booking.is_overbooked);
        assert!(day.desk.may_view_phone && day.desk.may_overbook && day.desk.may_decide && day.desk.own.is_none());

        act(&uc, &manager, first.id, BookingAct::Cancel).await.expect("called off");
        let day = uc.read_desk_day(&manager, "salon-1", Some(saturday())).await.expect("a day");
        assert_eq!((day.columns[0].chips.len(), day.off.len()), (1, 1));

        // Thursday from 16:00 until 02:00.
        let thursday = saturday() + TimeDelta::days(5);
        let night = DeskBooking { starts_at: at(5 * 1_440 + 870), ..by_phone(&place, 0, None) };
        let visit = uc.book_at_desk(&manager, place.salon.id, &night).await.expect("booked");
        drop(visit);
        let day = uc.read_desk_day(&manager, "salon-1", Some(thursday)).await.expect("a day");
        assert_eq!((day.axis, day.columns[0].chips[0].at), ((960, 1_560), (1_470, 1_515)));
        let friday = uc.read_desk_day(&manager, "salon-1", Some(thursday + TimeDelta::days(1))).await.expect("a day");
        assert!(friday.columns.iter().all(|column| column.chips.is_empty()), "the night is Thursday's");
        assert_eq!(uc.read_desk_day(&manager, "salon-1", None).await.expect("a day").date, uc.read_desk_day(&manager, "salon-1", None).await.expect("a day").today);
    }
}

on_both! {
    async fn a_stylist_sees_their_own_column_and_nobody_else_sees_any(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 2).await;
        let stylist = of_salon(&uc, place.salon.id, STYLIST, Role::Stylist).await;
        let read = async |admin: &usecases::Admin| uc.read_desk_day(admin, "salon-1", Some(saturday())).await;
        assert!(matches!(read(&stylist).await, Err(Error::Forbidden)), "not one of the staff yet");
        let me = staff::Staff { user_id: Some(uc.add_user(STYLIST).await.expect("is there").id), ..place.staff[1].clone() };
        let mut tx = uc.store().write().await.expect("begins");
        staff::update(&mut tx, &me).await.expect("one of the staff");
        tx.commit().await.expect("commits");
        let day = read(&stylist).await.expect("a day");
        assert_eq!((day.columns.len(), day.columns[0].staff.id, day.desk.may_view_phone), (1, place.staff[1].id, false));
        assert_eq!(uc.read_desk_menu(&stylist, "salon-1").await.expect("a menu").staff.len(), 1);

        let platform = people::with_role(&uc, "0500000013", Role::PlatformAdmin).await;
        let platform = uc.admin_actor(Some(platform)).expect("let in");
        assert!(matches!(read(&platform).await, Err(Error::Forbidden)));
        let elsewhere = people::with_role(&uc, "0500000014", Role::Owner).await;
        let elsewhere = uc.admin_actor(Some(elsewhere)).expect("let in");
        assert!(matches!(read(&elsewhere).await, Err(Error::NotFound)), "it does not learn that it is there");
        assert_eq!(uc.list_desk_salons(&stylist).await.expect("salons").len(), 1);
        assert_eq!(uc.list_desk_salons(&elsewhere).await.expect("salons").len(), 0);
        assert!(matches!(uc.read_desk_day(&elsewhere, "No slug", None).await, Err(Error::NotFound)));
    }
}

on_both! {
    async fn the_day_going_on_is_told_at_a_glance(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 2).await;
        let manager = of_salon(&uc, place.salon.id, MANAGER, Role::Manager).await;
        let ids = {
            let mut ids = Vec::new();
            for minutes in [0, 60, 120, 180] {
                let booked = uc.book_at_desk(&manager, place.salon.id, &by_phone(&place, minutes, None)).await;
                drop(booked.expect("booked"));
                let day = uc.read_desk_day(&manager, "salon-1", Some(saturday())).await.expect("a day");
                ids.push(day.columns[0].chips.last().expect("one").visit.booking.id);
            }
            ids
        };
        wait(&uc, (at(50) - uc.clock().now()).num_seconds());
        for (id, steps) in [(ids[0], vec![BookingAct::CheckIn, BookingAct::Complete]), (ids[1], vec![BookingAct::CheckIn])] {
            for step in steps {
                act(&uc, &manager, id, step).await.expect("done");
            }
        }
        let today = uc.read_desk_today(&manager, "salon-1").await.expect("a day");
        assert_eq!((today.taken.get(), today.expected.get()), (11_500, 34_500));
        assert_eq!((today.counts.done, today.counts.to_come, today.counts.no_show), (1, 3, 0));
        assert_eq!(today.next.iter().map(|visit| visit.booking.id).collect::<Vec<_>>(), ids[1..]);
        assert_eq!((today.at_work.len(), today.at_work[0].is_now, today.at_work[0].is_busy), (2, true, true));
        assert!(!today.at_work[1].is_busy && today.waiting.is_empty());
        assert_eq!(today.reviews, Some(0));
    }
}

on_both! {
    async fn what_waits_for_a_yes_is_named_whatever_its_day(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 1).await;
        let mut tx = uc.store().write().await.expect("begins");
        let mut asks = place.salon.clone();
        asks.policies.confirmation = domain::salon::Confirmation::Manual;
        store::salons::update(&mut tx, &asks).await.expect("updated");
        tx.commit().await.expect("commits");
        let manager = of_salon(&uc, place.salon.id, MANAGER, Role::Manager).await;
        let sara = customer(&uc, SARA).await;
        let far = book(&uc, &sara, &place, at(4 * 1_440)).await.expect("booked").visit.booking;
        let near = book(&uc, &sara, &place, at(60)).await.expect("booked").visit.booking;
        let today = uc.read_desk_today(&manager, "salon-1").await.expect("a day");
        assert_eq!(today.waiting.iter().map(|visit| visit.booking.id).collect::<Vec<_>>(), [near.id, far.id]);
        assert_eq!(today.waiting[0].items.len(), 1);
        act(&uc, &manager, near.id, BookingAct::Confirm).await.expect("a yes");
        act(&uc, &manager, far.id, BookingAct::Decline).await.expect("a no");
        assert!(uc.read_desk_today(&manager, "salon-1").await.expect("a day").waiting.is_empty());
    }
}

on_both! {
    async fn the_platform_sees_what_somebody_booked_and_how_much(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 1).await;
        let (sara, noura) = (customer(&uc, SARA).await, customer(&uc, "0501234568").await);
        let first = book(&uc, &sara, &place, at(0)).await.expect("booked").visit.booking;
        let second = book(&uc, &sara, &place, at(60)).await.expect("booked").visit.booking;
        uc.cancel_booking(&sara, first.id, None, None, None).await.expect("called off");
        let boss = people::with_role(&uc, "0500000013", Role::PlatformAdmin).await;
        let boss = uc.admin_actor(Some(boss)).expect("let in");
        let seen = uc.list_person_bookings(&boss, sara.user.id, None).await.expect("a page");
        let all: Vec<_> = seen.page.items.iter().map(|visit| (visit.booking.id, visit.booking.status)).collect();
        assert_eq!(all, [(second.id, BookingStatus::Confirmed), (first.id, BookingStatus::CancelledByCustomer)]);
        assert!(seen.page.next.is_none() && seen.page.items[0].items.len() == 1);
        let counts = uc.count_bookings_of(&boss, &[sara.user.id, noura.user.id]).await.expect("counts");
        assert_eq!((counts[&sara.user.id], counts[&noura.user.id]), (2, 0));
        let manager = of_salon(&uc, place.salon.id, MANAGER, Role::Manager).await;
        assert!(matches!(uc.list_person_bookings(&manager, sara.user.id, None).await, Err(Error::Forbidden)));
        assert!(matches!(uc.count_bookings_of(&manager, &[]).await, Err(Error::Forbidden)));
    }
}
