//! Booking: who gets a slot, and what everybody else is told.

use chrono::{DateTime, TimeDelta, Utc};
use domain::booking::{BookingStatus, EventBy, Refusal};
use domain::ids::StaffId;
use domain::limits::Policy;
use store::testing::at_once;
use store::{Store, StoreOptions, on_both};
use usecases::{Error, Idempotency, ListBookings, NewBooking, Place, Reschedule, Usecases};

use crate::support::booking::{a_hold, at, book, customer, cut, hold, nearest, open};
use crate::support::{client, here, process, refused, salon, start, wait};

const SARA: &str = "0501234567";
const NOURA: &str = "0501234568";

fn key(text: &str, input: &NewBooking) -> Idempotency {
    Idempotency::new(text, "book", None, input).expect("a key")
}

fn placing(token: &str) -> Place {
    Place { hold: token.to_owned(), attendee_name: Some(" نورة ".into()), note: Some("أول مرة\n".into()) }
}

fn to(starts_at: DateTime<Utc>) -> Reschedule {
    Reschedule { starts_at, staff: None, version: None }
}

on_both! {
    async fn what_is_held_is_booked_by_whoever_signs_in_and_nobody_else_has_it(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 1).await;
        let held = hold(&uc, &place, at(0)).await.expect("free");
        assert_eq!(held.expires_at, start() + TimeDelta::minutes(10));
        assert_eq!(held.visit.booking.status, BookingStatus::Held);
        assert!(held.visit.booking.customer_id.is_none());
        assert_eq!(uc.read_hold(&held.token).await.expect("holds").booking.id, held.visit.booking.id);
        let (sara, noura) = (customer(&uc, SARA).await, customer(&uc, NOURA).await);
        assert_eq!(nearest(book(&uc, &noura, &place, at(15)).await), [at(45), at(60), at(75)]);
        let booked = uc.place_booking(&sara, &placing(&held.token), None).await.expect("booked");
        let visit = &booked.visit;
        assert_eq!((visit.booking.status, visit.booking.customer_id), (BookingStatus::Confirmed, Some(sara.user.id)));
        assert_eq!((visit.booking.attendee_name.as_deref(), visit.booking.note.as_deref()), (Some("نورة"), Some("أول مرة")));
        let item = &visit.items[0];
        assert_eq!((item.duration_min, item.price.get(), item.vat.get()), (45, 11_500, 1_500));
        assert_eq!((visit.booking.span.starts_at, visit.booking.span.ends_at), (at(0), at(45)));
        let again = uc.place_booking(&sara, &placing(&held.token), None).await.expect("the same");
        assert_eq!(again.visit.booking.id, visit.booking.id);
        for outcome in [uc.place_booking(&noura, &placing(&held.token), None).await, uc.place_booking(&sara, &placing("x"), None).await] {
            assert!(matches!(outcome, Err(Error::HoldExpired)), "{outcome:?}");
        }
        assert!(matches!(uc.read_hold(&held.token).await, Err(Error::HoldExpired)), "it is a booking now");
    }
}

on_both! {
    async fn a_hold_is_over_to_the_second_and_its_time_free_at_once(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 1).await;
        let (sara, noura) = (customer(&uc, SARA).await, customer(&uc, NOURA).await);
        let held = hold(&uc, &place, at(0)).await.expect("free");
        wait(&uc, 600);
        let late = uc.place_booking(&sara, &placing(&held.token), None).await;
        assert!(matches!(late, Err(Error::HoldExpired)), "{late:?}");
        book(&uc, &noura, &place, at(0)).await.expect("free again, though nobody swept");
        assert_eq!(uc.expire_bookings().await.expect("runs"), 0, "whoever booked has swept");
        hold(&uc, &place, at(60)).await.expect("free");
        wait(&uc, 600);
        assert_eq!(uc.expire_bookings().await.expect("runs"), 1);
    }
}

on_both! {
    async fn whoever_changes_their_mind_gives_back_what_they_held(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 1).await;
        let first = hold(&uc, &place, at(0)).await.expect("free");
        let other = usecases::NewHold { instead_of: Some(first.token.clone()), ..a_hold(&place, at(15)) };
        let second = uc.hold_slot(None, &other, &here()).await.expect("their own is not in their way");
        assert!(matches!(uc.read_hold(&first.token).await, Err(Error::HoldExpired)));
        uc.let_go(&second.token).await.expect("let go");
        uc.let_go(&second.token).await.expect("and again");
        hold(&uc, &place, at(0)).await.expect("free again");
    }
}

on_both! {
    async fn nobody_holds_a_salon_empty(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 3).await;
        for number in 0..12 {
            hold(&uc, &place, at(number * 45)).await.expect("free");
        }
        let (policies, wait_s) = refused(hold(&uc, &place, at(13 * 45)).await);
        assert_eq!((policies, wait_s), (vec![Policy::BookingHold], 600));
        uc.hold_slot(None, &a_hold(&place, at(13 * 45)), &client("198.51.100.9")).await.expect("another address");
    }
}

on_both! {
    async fn only_what_is_on_offer_is_booked(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 1).await;
        let sara = customer(&uc, SARA).await;
        // Off the grid, before the shift, over its end, on a day off, too soon, too far ahead, in the past.
        for starts_at in [at(7), at(-15), at(12 * 60 - 30), at(-24 * 60), start() + TimeDelta::minutes(30), at(80 * 24 * 60), start() - TimeDelta::days(1)] {
            let outcome = book(&uc, &sara, &place, starts_at).await;
            assert!(matches!(outcome, Err(Error::SlotTaken(_))), "{starts_at}: {outcome:?}");
        }
        book(&uc, &sara, &place, at(12 * 60 - 45)).await.expect("the last of the day");
        // Thursday night belongs to Thursday.
        let after_midnight: DateTime<Utc> = "2027-01-21T22:00:00Z".parse().expect("an instant");
        let night = book(&uc, &sara, &place, after_midnight).await.expect("01:00 on Friday").visit.booking;
        assert_eq!(night.span.business_date.to_string(), "2027-01-21");
        let nobody = NewBooking { staff: Some(StaffId(uuid::Uuid::nil())), ..cut(&place, at(0)) };
        assert!(matches!(uc.book(&sara, &nobody, None).await, Err(Error::Validation(_))));
        let long = NewBooking { note: Some("س".repeat(501)), ..cut(&place, at(0)) };
        assert!(matches!(uc.book(&sara, &long, None).await, Err(Error::Validation(_))));
    }
}

on_both! {
    async fn of_forty_who_want_one_slot_with_anybody_as_many_get_it_as_work_there(scratch) {
        let first = salon(&scratch);
        let other = Store::connect(&scratch.url, &StoreOptions::default()).await.expect("connects");
        let second = process(other.clone(), sms::SmsSender::Outbox, first.clock().clone());
        let place = open(&first, 3).await;
        let sara = customer(&first, SARA).await;
        let outcomes = at_once(40, |number| {
            let uc: Usecases = if number % 2 == 0 { first.clone() } else { second.clone() };
            let (sara, input) = (sara.clone(), cut(&place, at(0)));
            async move { uc.book(&sara, &input, None).await }
        })
        .await;
        let (won, lost): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        let mut with: Vec<_> = won.into_iter().map(|booked| booked.expect("won").visit.booking.staff_id).collect();
        with.sort_unstable();
        assert_eq!(with, place.staff.iter().map(|staff| staff.id).collect::<Vec<_>>());
        for outcome in lost {
            assert_eq!(nearest(outcome), [at(45), at(60), at(75)]);
        }
        other.close().await;
    }
}

on_both! {
    async fn somebody_else_is_tried_after_the_first_in_order(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 2).await;
        let sara = customer(&uc, SARA).await;
        let first = book(&uc, &sara, &place, at(0)).await.expect("free");
        let second = book(&uc, &sara, &place, at(0)).await.expect("with the other");
        assert_eq!([first.visit.booking.staff_id, second.visit.booking.staff_id], [place.staff[0].id, place.staff[1].id]);
        assert_eq!((first.overlaps, second.overlaps), (0, 1), "one phone books for a family");
        assert_eq!(nearest(book(&uc, &sara, &place, at(0)).await), [at(45), at(60), at(75)]);
    }
}

on_both! {
    async fn the_same_key_gives_the_same_answer_for_a_day(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 1).await;
        let (sara, noura) = (customer(&uc, SARA).await, customer(&uc, NOURA).await);
        let input = cut(&place, at(0));
        let once = key("k1", &input);
        let booked = at_once(8, |_| {
            let (uc, sara, input, once) = (uc.clone(), sara.clone(), input.clone(), once.clone());
            async move { uc.book(&sara, &input, Some(&once)).await.expect("one booking").visit.booking.id }
        })
        .await;
        assert!(booked.iter().all(|id| *id == booked[0]));
        let other = cut(&place, at(60));
        assert!(matches!(uc.book(&sara, &other, Some(&key("k1", &other))).await, Err(Error::Conflict)));
        let refusal = uc.book(&noura, &input, Some(&once)).await;
        assert!(matches!(refusal, Err(Error::SlotTaken(_))), "{refusal:?}");
        uc.cancel_booking(&sara, booked[0], None, None, None).await.expect("called off");
        let again = uc.book(&noura, &input, Some(&once)).await;
        assert!(matches!(again, Err(Error::SlotTaken(_))), "the refusal is the answer: {again:?}");
        let replay = uc.book(&sara, &input, Some(&once)).await.expect("the same booking").visit.booking;
        assert_eq!((replay.id, replay.status), (booked[0], BookingStatus::CancelledByCustomer));
        wait(&uc, 24 * 3600);
        // Its time has come near, but it is still on offer.
        let late = uc.book(&noura, &cut(&place, at(600)), Some(&key("k1", &cut(&place, at(600))))).await;
        late.expect("a day later it is another request");
        for bad in ["", "a b", "مفتاح", &"k".repeat(201)] {
            assert!(matches!(Idempotency::new(bad, "book", None, &input), Err(Error::Validation(_))), "{bad}");
        }
    }
}

on_both! {
    async fn a_customer_calls_off_until_the_window_and_only_what_is_theirs(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 1).await;
        let (sara, noura) = (customer(&uc, SARA).await, customer(&uc, NOURA).await);
        let id = book(&uc, &sara, &place, at(0)).await.expect("free").visit.booking.id;
        let others = uc.cancel_booking(&noura, id, None, None, None).await;
        assert!(matches!(others, Err(Error::NotFound)), "{others:?}");
        assert!(matches!(uc.read_my_booking(&noura, id).await, Err(Error::NotFound)));
        let stale = uc.cancel_booking(&sara, id, Some(7), None, None).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{stale:?}");
        uc.clock().advance(at(-239) - uc.clock().now());
        let late = uc.cancel_booking(&sara, id, None, None, None).await;
        assert!(matches!(late, Err(Error::BookingRefused(Refusal::TooLate))), "{late:?}");
        uc.clock().advance(TimeDelta::minutes(-1));
        let off = uc.cancel_booking(&sara, id, Some(1), Some("مريضة"), None).await.expect("in time");
        assert_eq!((off.booking.status, off.booking.version), (BookingStatus::CancelledByCustomer, 2));
        uc.cancel_booking(&sara, id, Some(1), None, None).await.expect("it is so already");
        let mut tx = scratch.store.read().await.expect("connects");
        let events = store::booking_events::list(&mut tx, id).await.expect("reads");
        let told: Vec<_> = events.iter().map(|event| (event.by, event.to, event.reason.as_deref())).collect();
        assert_eq!(told, [
            (EventBy::Customer, BookingStatus::Confirmed, None),
            (EventBy::Customer, BookingStatus::CancelledByCustomer, Some("مريضة")),
        ]);
    }
}

on_both! {
    async fn a_booking_moves_in_place_and_is_not_in_its_own_way(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 2).await;
        let (sara, noura) = (customer(&uc, SARA).await, customer(&uc, NOURA).await);
        let input = NewBooking { staff: Some(place.staff[0].id), ..cut(&place, at(0)) };
        let id = uc.book(&sara, &input, None).await.expect("free").visit.booking.id;
        let moved = uc.reschedule_booking(&sara, id, &to(at(15)), None).await.expect("over its own time").booking;
        assert_eq!((moved.id, moved.span.starts_at, moved.span.ends_at, moved.version), (id, at(15), at(60), 2));
        let stale = uc.reschedule_booking(&sara, id, &Reschedule { version: Some(1), ..to(at(60)) }, None).await;
        assert!(matches!(stale, Err(Error::Conflict)), "{stale:?}");
        let with_noura = NewBooking { staff: Some(place.staff[0].id), ..cut(&place, at(60)) };
        uc.book(&noura, &with_noura, None).await.expect("free");
        assert_eq!(nearest(uc.reschedule_booking(&sara, id, &to(at(45)), None).await), [at(0), at(15), at(105)]);
        let with_another = Reschedule { staff: Some(place.staff[1].id), ..to(at(60)) };
        let moved = uc.reschedule_booking(&sara, id, &with_another, None).await.expect("free").booking;
        assert_eq!((moved.staff_id, moved.status), (place.staff[1].id, BookingStatus::Confirmed));
        let others = uc.reschedule_booking(&noura, id, &to(at(300)), None).await;
        assert!(matches!(others, Err(Error::NotFound)), "{others:?}");
        uc.clock().advance(at(0) - uc.clock().now());
        let late = uc.reschedule_booking(&sara, id, &to(at(600)), None).await;
        assert!(matches!(late, Err(Error::BookingRefused(Refusal::TooLate))), "{late:?}");
    }
}

on_both! {
    async fn ones_own_bookings_are_listed_by_page(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 3).await;
        let (sara, noura) = (customer(&uc, SARA).await, customer(&uc, NOURA).await);
        let mut all = Vec::new();
        for number in 0..23 {
            all.push(book(&uc, &sara, &place, at(number / 3 * 45)).await.expect("free").visit.booking.id);
        }
        book(&uc, &noura, &place, at(450)).await.expect("free");
        let first = uc.list_my_bookings(&sara, &ListBookings::default()).await.expect("lists");
        let rest = ListBookings { after: first.next.clone(), ..ListBookings::default() };
        let rest = uc.list_my_bookings(&sara, &rest).await.expect("lists");
        let mut seen: Vec<_> = first.items.iter().chain(&rest.items).map(|visit| visit.booking.id).collect();
        assert_eq!((first.items.len(), rest.items.len(), rest.next), (20, 3, None));
        assert!(first.items.iter().all(|visit| visit.items.len() == 1));
        seen.sort_unstable();
        all.sort_unstable();
        assert_eq!(seen, all);
        uc.cancel_booking(&sara, all[0], None, None, None).await.expect("called off");
        let past = uc.list_my_bookings(&sara, &ListBookings { is_past: true, after: None }).await.expect("lists");
        assert_eq!(past.items.iter().map(|visit| visit.booking.id).collect::<Vec<_>>(), [all[0]]);
        uc.clock().advance(at(12 * 60) - uc.clock().now());
        let past = uc.list_my_bookings(&sara, &ListBookings { is_past: true, after: None }).await.expect("lists");
        assert!(past.items.is_sorted_by(|one, next| one.booking.span.starts_at >= next.booking.span.starts_at));
        assert_eq!((past.items.len(), past.next.is_some()), (20, true));
        assert!(uc.list_my_bookings(&sara, &ListBookings::default()).await.expect("lists").items.is_empty());
        let bad = ListBookings { after: Some("x".into()), ..ListBookings::default() };
        assert!(matches!(uc.list_my_bookings(&sara, &bad).await, Err(Error::Validation(_))));
    }
}
