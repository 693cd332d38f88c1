//! What a salon does to bookings, and who of it may.

use chrono::TimeDelta;
use domain::booking::{BookingStatus, EventBy, Refusal};
use domain::ids::BookingId;
use domain::role::Role;
use domain::salon::Confirmation;
use domain::user::{UserOrigin, UserStatus};
use store::testing::salons::OpenSalon;
use store::{on_both, salons};
use usecases::{BookingAct, DeskBooking, Error, Overbook, Reschedule, Usecases};

use crate::support::booking::{act, at, book, customer, hold, nearest, of_salon, open};
use crate::support::{salon, wait};

const SARA: &str = "0501234567";
const MANAGER: &str = "0500000001";
const RECEPTION: &str = "0500000002";

fn on_the_phone(place: &OpenSalon, minutes: i64) -> DeskBooking {
    DeskBooking {
        treatment: place.treatments[0].id,
        staff: Some(place.staff[0].id),
        starts_at: at(minutes),
        phone: "٠٥٠ ١٢٣ ٤٥٦٧".into(),
        given_name: Some("سارة".into()),
        attendee_name: None,
        note: None,
        overbook: None,
    }
}

async fn asks_for_a_yes(uc: &Usecases, place: &OpenSalon) {
    let mut tx = uc.store().write().await.expect("begins");
    let mut salon = place.salon.clone();
    salon.policies.confirmation = Confirmation::Manual;
    salons::update(&mut tx, &salon).await.expect("changed");
    tx.commit().await.expect("commits");
}

#[track_caller]
fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Refusal {
    match outcome {
        Err(Error::BookingRefused(refusal)) => refusal,
        other => panic!("expected a refusal, got {other:?}"),
    }
}

async fn status(uc: &Usecases, id: BookingId) -> BookingStatus {
    let mut tx = uc.store().read().await.expect("connects");
    store::bookings::find(&mut tx, id).await.expect("reads").expect("there").status
}

on_both! {
    async fn a_visit_goes_its_way_and_a_mistake_is_put_right_by_a_manager(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 1).await;
        let id = place.salon.id;
        let reception = of_salon(&uc, id, RECEPTION, Role::Reception).await;
        let manager = of_salon(&uc, id, MANAGER, Role::Manager).await;
        let sara = customer(&uc, SARA).await;
        let booking = book(&uc, &sara, &place, at(0)).await.expect("free").visit.booking.id;
        assert_eq!(refusal(act(&uc, &reception, booking, BookingAct::NoShow).await), Refusal::TooEarly);
        assert_eq!(refusal(act(&uc, &reception, booking, BookingAct::Complete).await), Refusal::NotFromHere);
        wait(&uc, 1);
        act(&uc, &reception, booking, BookingAct::CheckIn).await.expect("there");
        wait(&uc, 1);
        let done = act(&uc, &reception, booking, BookingAct::Complete).await.expect("done").booking;
        assert_eq!((done.status, done.version), (BookingStatus::Completed, 3));
        let not_theirs = act(&uc, &reception, booking, BookingAct::Correct).await;
        assert!(matches!(not_theirs, Err(Error::Forbidden)), "{not_theirs:?}");
        wait(&uc, 1);
        act(&uc, &manager, booking, BookingAct::Correct).await.expect("put right");
        assert_eq!(status(&uc, booking).await, BookingStatus::NoShow);
        wait(&uc, 24 * 3600 + 1);
        let late = of_salon(&uc, id, "0500000009", Role::Owner).await;
        assert_eq!(refusal(act(&uc, &late, booking, BookingAct::Correct).await), Refusal::TooLate);
        let (events, _) = uc.list_booking_events(&late, booking).await.expect("lists");
        let told: Vec<_> = events.iter().map(|signed| (signed.event.by, signed.event.to)).collect();
        assert_eq!(told, [
            (EventBy::Customer, BookingStatus::Confirmed),
            (EventBy::Staff, BookingStatus::Arrived),
            (EventBy::Staff, BookingStatus::Completed),
            (EventBy::Staff, BookingStatus::NoShow),
        ]);
    }
}

on_both! {
    async fn where_the_salon_says_yes_a_booking_waits_and_expires_when_it_says_nothing(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 1).await;
        asks_for_a_yes(&uc, &place).await;
        let reception = of_salon(&uc, place.salon.id, RECEPTION, Role::Reception).await;
        let sara = customer(&uc, SARA).await;
        let [yes, no, nothing] = [0, 45, 90].map(|minutes| book(&uc, &sara, &place, at(minutes)));
        let (yes, no, nothing) = (yes.await, no.await, nothing.await);
        let [yes, no, nothing] = [yes, no, nothing].map(|booked| booked.expect("free").visit.booking);
        assert_eq!(yes.status, BookingStatus::Pending);
        act(&uc, &reception, yes.id, BookingAct::Confirm).await.expect("yes");
        act(&uc, &reception, no.id, BookingAct::Decline).await.expect("no");
        assert_eq!(refusal(act(&uc, &reception, no.id, BookingAct::Confirm).await), Refusal::NotFromHere);
        let moved = uc.reschedule_booking(&sara, yes.id, &Reschedule { starts_at: at(45), staff: None, version: None }, None).await;
        assert_eq!(moved.expect("moved").booking.status, BookingStatus::Pending, "another time needs another yes");
        uc.clock().advance(at(90) - uc.clock().now());
        assert_eq!(uc.expire_bookings().await.expect("runs"), 2);
        assert_eq!(status(&uc, nothing.id).await, BookingStatus::Expired);
    }
}

on_both! {
    async fn on_the_phone_a_customer_is_added_and_never_proved(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 1).await;
        let reception = of_salon(&uc, place.salon.id, RECEPTION, Role::Reception).await;
        let (booked, may_view_phone) = uc.book_at_desk(&reception, place.salon.id, &on_the_phone(&place, 7)).await.expect("booked");
        assert!(may_view_phone);
        let visit = booked.visit;
        assert_eq!((visit.booking.status, visit.booking.span.starts_at), (BookingStatus::Confirmed, at(7)), "off the grid");
        let user = visit.customer.expect("somebody");
        assert_eq!((user.status, user.origin, user.is_phone_verified), (UserStatus::Pending, UserOrigin::Staff, false));
        assert_eq!(user.given_name.as_deref(), Some("سارة"));
        let again = uc.book_at_desk(&reception, place.salon.id, &on_the_phone(&place, 60)).await.expect("booked");
        assert_eq!(again.0.visit.booking.customer_id, Some(user.id), "the same phone is the same customer");
        assert_eq!(nearest(uc.book_at_desk(&reception, place.salon.id, &on_the_phone(&place, 30)).await).len(), 3);
        let night = DeskBooking { starts_at: at(5 * 24 * 60 + 15 * 60), ..on_the_phone(&place, 0) };
        let night = uc.book_at_desk(&reception, place.salon.id, &night).await.expect("01:00 on Friday").0.visit.booking;
        assert_eq!(night.span.business_date.to_string(), "2027-01-21", "still Thursday night");
        let nobody = DeskBooking { phone: "123".into(), ..on_the_phone(&place, 200) };
        assert!(matches!(uc.book_at_desk(&reception, place.salon.id, &nobody).await, Err(Error::InvalidPhone(_))));
        wait(&uc, 80 * 3600);
        uc.purge().await.expect("purges");
        let sara = customer(&uc, SARA).await;
        assert_eq!(sara.user.id, user.id, "whoever has a booking is not forgotten");
    }
}

on_both! {
    async fn over_another_it_is_put_by_a_manager_with_a_reason_that_is_written_down(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 1).await;
        let reception = of_salon(&uc, place.salon.id, RECEPTION, Role::Reception).await;
        let manager = of_salon(&uc, place.salon.id, MANAGER, Role::Manager).await;
        let sara = customer(&uc, SARA).await;
        let first = book(&uc, &sara, &place, at(0)).await.expect("free").visit.booking;
        let over = |reason: &str| {
            let overbook = Some(Overbook { reason: reason.into() });
            DeskBooking { phone: "0501234599".into(), overbook, ..on_the_phone(&place, 0) }
        };
        let refused = uc.book_at_desk(&reception, place.salon.id, &over("a favour")).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
        assert!(matches!(uc.book_at_desk(&manager, place.salon.id, &over(" ")).await, Err(Error::Validation(_))));
        let (booked, _) = uc.book_at_desk(&manager, place.salon.id, &over("a favour")).await.expect("on purpose");
        assert!(booked.visit.booking.is_overbooked);
        let (events, _) = uc.list_booking_events(&manager, booked.visit.booking.id).await.expect("lists");
        assert_eq!(events[0].event.reason.as_deref(), Some("a favour"));
        let mut tx = scratch.store.read().await.expect("connects");
        let customer = booked.visit.booking.customer_id.expect("somebody");
        let audit = store::audit::list_for_user(&mut tx, customer, 9).await.expect("reads");
        assert!(audit.iter().any(|entry| entry.action == "booking_overbooked"));
        drop(tx);
        let to = Reschedule { starts_at: at(0), staff: None, version: None };
        assert_eq!(nearest(uc.move_booking(&reception, booked.visit.booking.id, &to, None, None).await).len(), 3);
        let to = Reschedule { starts_at: at(50), ..to };
        let moved = uc.move_booking(&reception, booked.visit.booking.id, &to, Some("she asked"), None).await.expect("free");
        assert!(!moved.booking.is_overbooked, "it is under the guard again");
        let beside = Overbook { reason: "twins".into() };
        let to = Reschedule { starts_at: at(50), ..to };
        let moved = uc.move_booking(&manager, first.id, &to, None, Some(&beside)).await.expect("on purpose");
        assert!(moved.booking.is_overbooked);
    }
}

on_both! {
    async fn a_role_in_another_salon_is_none_here_and_a_stylist_has_their_own(scratch) {
        let uc = salon(&scratch);
        let place = open(&uc, 2).await;
        let other = store::testing::salons::open_salon(uc.store(), 2, 1, uc.clock().now()).await;
        let stranger = of_salon(&uc, other.salon.id, MANAGER, Role::Manager).await;
        let stylist = of_salon(&uc, place.salon.id, "0500000003", Role::Stylist).await;
        let reception = of_salon(&uc, place.salon.id, RECEPTION, Role::Reception).await;
        let mut tx = uc.store().write().await.expect("begins");
        let user = store::users::find_by_phone(&mut tx, &crate::support::phone("+966500000003")).await.expect("reads").expect("there");
        let own = store::staff::Staff { user_id: Some(user.id), ..place.staff[1].clone() };
        store::staff::update(&mut tx, &own).await.expect("changed");
        tx.commit().await.expect("commits");
        let sara = customer(&uc, SARA).await;
        let with_first = book(&uc, &sara, &place, at(0)).await.expect("free").visit.booking;
        let with_second = book(&uc, &sara, &place, at(0)).await.expect("free").visit.booking;
        assert_eq!(with_second.staff_id, own.id);
        hold(&uc, &place, at(300)).await.expect("free");
        let day = with_first.span.business_date;
        let salon = place.salon.id;
        for outcome in [
            uc.list_salon_bookings(&stranger, salon, (day, day), None).await.map(drop),
            uc.read_booking(&stranger, with_first.id).await.map(drop),
            act(&uc, &stranger, with_first.id, BookingAct::CheckIn).await.map(drop),
            act(&uc, &stylist, with_first.id, BookingAct::CheckIn).await.map(drop),
            uc.read_booking(&stylist, with_first.id).await.map(drop),
            uc.find_booking_by_code(&stylist, salon, &with_first.code.to_string()).await.map(drop),
        ] {
            assert!(matches!(outcome, Err(Error::NotFound)), "{outcome:?}");
        }
        let theirs = uc.list_salon_bookings(&stylist, salon, (day, day), None).await.expect("lists");
        assert_eq!(theirs.visits.iter().map(|visit| visit.booking.id).collect::<Vec<_>>(), [with_second.id]);
        assert!(!theirs.may_view_phone);
        act(&uc, &stylist, with_second.id, BookingAct::CheckIn).await.expect("their own");
        let all = uc.list_salon_bookings(&reception, salon, (day, day), None).await.expect("lists");
        assert_eq!(all.visits.len(), 3, "a hold is seen");
        assert!(all.may_view_phone && all.visits.iter().any(|visit| visit.customer.is_none()));
        let found = uc.find_booking_by_code(&reception, salon, &with_first.code.to_string().to_lowercase()).await.expect("found");
        assert_eq!(found.visit.booking.id, with_first.id);
        let long = (day, day + TimeDelta::days(31));
        assert!(matches!(uc.list_salon_bookings(&reception, salon, long, None).await, Err(Error::Validation(_))));
    }
}
