//! The guard against two at once, and what a booking goes through.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::booking::{Booking, BookingCode, BookingEvent, BookingSource, BookingStatus, EventBy, Span};
use domain::ids::{BookingEventId, BookingId};
use domain::user::User;
use store::bookings::{Moved, Placed};
use store::testing::salons::{OpenSalon, open_salon};
use store::testing::{Raw, Scratch};
use store::{Store, StoreError, StoreOptions, booking_events, bookings, on_both};

use crate::support::{active, all, at, id, reading, writing};

fn span(from_min: i64, to_min: i64, around_min: i64) -> Span {
    let minute = |minutes: i64| at(0) + TimeDelta::minutes(minutes);
    Span {
        starts_at: minute(from_min),
        ends_at: minute(to_min),
        blocked_from: minute(from_min - around_min),
        blocked_to: minute(to_min + around_min),
        business_date: at(0).date_naive(),
    }
}

/// A confirmed booking with the first of the staff, not written.
fn booking(salon: &OpenSalon, customer: &User, number: u32, span: Span) -> Booking {
    Booking {
        id: BookingId(id(number.into())),
        code: BookingCode::from_bits(number),
        salon_id: salon.salon.id,
        staff_id: salon.staff[0].id,
        customer_id: Some(customer.id),
        span,
        status: BookingStatus::Confirmed,
        is_overbooked: false,
        attendee_name: Some("نورة".into()),
        note: Some("أول مرة".into()),
        source: BookingSource::Web,
        hold_expires_at: None,
        version: 1,
        changed_at: at(0),
        created_at: at(0),
    }
}

fn held(booking: &Booking, until: DateTime<Utc>) -> Booking {
    let nobody = Booking { customer_id: None, attendee_name: None, note: None, ..booking.clone() };
    Booking { status: BookingStatus::Held, hold_expires_at: Some(until), ..nobody }
}

async fn written(store: &Store, booking: &Booking, hold: Option<[u8; 32]>) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    bookings::insert(&mut tx, booking, hold.as_ref()).await?;
    tx.commit().await
}

#[track_caller]
fn is_taken<T: std::fmt::Debug>(outcome: &Result<T, StoreError>) {
    assert!(matches!(outcome, Err(StoreError::SlotTaken)), "{outcome:?}");
}

fn salon_of(store: &Store) -> impl Future<Output = OpenSalon> {
    open_salon(store, 1, 2, at(0))
}

store_test! {
    async fn of_forty_that_overlap_one_stands(store: Store) {
        let (salon, user) = (salon_of(&store).await, active(&store, 1).await);
        let outcomes = all(40, |place| {
            let store = store.clone();
            let minute = i64::try_from(place).expect("small");
            let one = booking(&salon, &user, u32::try_from(place).expect("small") + 1, span(minute, minute + 45, 0));
            async move { written(&store, &one, None).await }
        })
        .await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        outcomes.iter().filter(|outcome| outcome.is_err()).for_each(is_taken);
    }
}

on_both! {
    async fn of_forty_from_two_processes_one_stands(scratch) {
        two_pools(&scratch).await;
    }
}

/// Each has its own connections, as another process has.
async fn two_pools(scratch: &Scratch) {
    let options = StoreOptions { lock_timeout: Duration::from_mins(1), ..StoreOptions::default() };
    let other = Store::connect(&scratch.url, &options).await.expect("connects");
    let (salon, user) = (salon_of(&scratch.store).await, active(&scratch.store, 1).await);
    for round in 0..3_u32 {
        let outcomes = all(40, |place| {
            let store = if place % 2 == 0 { scratch.store.clone() } else { other.clone() };
            let from = i64::from(round) * 60;
            let one = booking(&salon, &user, round * 100 + u32::try_from(place).expect("small") + 1, span(from, from + 45, 0));
            async move { written(&store, &one, None).await }
        })
        .await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "round {round}");
        outcomes.iter().filter(|outcome| outcome.is_err()).for_each(is_taken);
    }
    other.close().await;
}

store_test! {
    async fn what_ends_when_the_other_begins_only_touches_it_and_the_time_around_counts(store: Store) {
        let (salon, user) = (salon_of(&store).await, active(&store, 1).await);
        written(&store, &booking(&salon, &user, 1, span(0, 45, 0)), None).await.expect("free");
        written(&store, &booking(&salon, &user, 2, span(45, 90, 0)), None).await.expect("only touches");
        written(&store, &booking(&salon, &user, 3, span(-45, 0, 0)), None).await.expect("only touches");
        is_taken(&written(&store, &booking(&salon, &user, 4, span(89, 120, 0)), None).await);
        // The visits are apart; the time around them is not.
        is_taken(&written(&store, &booking(&salon, &user, 5, span(95, 120, 10)), None).await);
        written(&store, &booking(&salon, &user, 6, span(100, 120, 10)), None).await.expect("apart");
        is_taken(&written(&store, &booking(&salon, &user, 7, span(125, 140, 0)), None).await);
        let with_another = Booking { staff_id: salon.staff[1].id, ..booking(&salon, &user, 8, span(0, 45, 0)) };
        written(&store, &with_another, None).await.expect("somebody else is free");
    }
}

store_test! {
    async fn what_stands_again_is_looked_at_again(store: Store) {
        let (salon, user) = (salon_of(&store).await, active(&store, 1).await);
        let first = booking(&salon, &user, 1, span(0, 45, 0));
        written(&store, &first, None).await.expect("free");
        let off = BookingStatus::CancelledBySalon;
        assert!(writing!(store, |tx| tx.run(bookings::update_status(&first, off, at(1)))));
        let second = booking(&salon, &user, 2, span(30, 60, 0));
        written(&store, &second, None).await.expect("free again");
        let cancelled = reading!(store, |tx| bookings::find(tx, first.id)).expect("there");
        assert_eq!((cancelled.status, cancelled.version, cancelled.changed_at), (off, 2, at(1)));
        let again = store.apply_one(bookings::update_status(&cancelled, BookingStatus::Confirmed, at(2))).await;
        is_taken(&again);
        assert!(writing!(store, |tx| tx.run(bookings::update_status(&second, BookingStatus::CancelledByCustomer, at(3)))));
        assert!(store.apply_one(bookings::update_status(&cancelled, BookingStatus::Confirmed, at(4))).await.expect("free"));
        assert!(!store.apply_one(bookings::update_status(&cancelled, off, at(5))).await.expect("runs"), "an old version");
    }
}

store_test! {
    async fn what_is_put_over_another_leaves_the_guard_and_comes_back_under_it(store: Store) {
        let (salon, user) = (salon_of(&store).await, active(&store, 1).await);
        written(&store, &booking(&salon, &user, 1, span(0, 45, 0)), None).await.expect("free");
        let over = Booking { is_overbooked: true, ..booking(&salon, &user, 2, span(0, 45, 0)) };
        written(&store, &over, None).await.expect("on purpose");
        is_taken(&written(&store, &booking(&salon, &user, 3, span(0, 45, 0)), None).await);
        let moved = |span, is_overbooked| Moved { staff: over.staff_id, span, is_overbooked, status: over.status };
        is_taken(&store.apply_one(bookings::update_span(&over, &moved(span(15, 60, 0), false), at(1))).await);
        assert!(store.apply_one(bookings::update_span(&over, &moved(span(45, 90, 0), false), at(1))).await.expect("free"));
        is_taken(&written(&store, &booking(&salon, &user, 4, span(80, 100, 0)), None).await);
    }
}

store_test! {
    async fn a_booking_is_read_as_it_was_written(store: Store) {
        let (salon, user) = (salon_of(&store).await, active(&store, 1).await);
        let one = Booking { source: BookingSource::Desk, ..booking(&salon, &user, 1, span(0, 45, 5)) };
        written(&store, &one, None).await.expect("free");
        assert_eq!(reading!(store, |tx| bookings::find(tx, one.id)), Some(one.clone()));
        assert_eq!(writing!(store, |tx| bookings::lock(tx, one.id)), Some(one.clone()));
        assert_eq!(reading!(store, |tx| bookings::count_overlapping(tx, user.id, &span(44, 60, 0), BookingId(id(9)))), 1);
        assert_eq!(reading!(store, |tx| bookings::count_overlapping(tx, user.id, &span(45, 60, 0), BookingId(id(9)))), 0);
        assert_eq!(reading!(store, |tx| bookings::count_overlapping(tx, user.id, &span(0, 60, 0), one.id)), 0);
        let same_code = Booking { id: BookingId(id(2)), ..booking(&salon, &user, 1, span(100, 145, 0)) };
        let outcome = written(&store, &same_code, None).await;
        assert!(matches!(&outcome, Err(StoreError::Unique { constraint }) if constraint == "bookings_salon_id_code_key"), "{outcome:?}");
    }
}

store_test! {
    async fn a_hold_becomes_one_booking_while_it_holds(store: Store) {
        let (salon, user) = (salon_of(&store).await, active(&store, 1).await);
        let hold = held(&booking(&salon, &user, 1, span(0, 45, 0)), at(600));
        written(&store, &hold, Some([1; 32])).await.expect("free");
        assert_eq!(reading!(store, |tx| bookings::find_by_hold(tx, &[1; 32])), Some(hold.clone()));
        is_taken(&written(&store, &booking(&salon, &user, 2, span(0, 45, 0)), None).await);
        let placed = Placed { customer: user.id, status: BookingStatus::Confirmed, attendee_name: None, note: Some("hi") };
        assert!(!store.apply_one(bookings::update_placed(&[1; 32], &placed, at(600))).await.expect("runs"), "it is over");
        assert!(!store.apply_one(bookings::update_placed(&[2; 32], &placed, at(1))).await.expect("runs"), "another token");
        let outcomes = all(8, |_| {
            let (store, placed) = (store.clone(), placed.clone());
            async move { store.apply_one(bookings::update_placed(&[1; 32], &placed, at(599))).await.expect("runs") }
        })
        .await;
        assert_eq!(outcomes.into_iter().filter(|won| *won).count(), 1);
        let placed = reading!(store, |tx| bookings::find_by_hold(tx, &[1; 32])).expect("still known by it");
        assert_eq!((placed.customer_id, placed.hold_expires_at, placed.version), (Some(user.id), None, 2));
    }
}

store_test! {
    async fn what_is_over_ends_and_frees_its_time(store: Store) {
        let (salon, user) = (salon_of(&store).await, active(&store, 1).await);
        written(&store, &held(&booking(&salon, &user, 1, span(0, 45, 0)), at(600)), Some([1; 32])).await.expect("free");
        written(&store, &held(&booking(&salon, &user, 2, span(60, 90, 0)), at(601)), Some([2; 32])).await.expect("free");
        let staff = salon.staff[0].id;
        assert!(writing!(store, |tx| bookings::update_stale(tx, salon.staff[1].id, at(600))).is_empty());
        assert_eq!(writing!(store, |tx| bookings::update_stale(tx, staff, at(600))), [BookingId(id(1))]);
        written(&store, &booking(&salon, &user, 3, span(0, 45, 0)), None).await.expect("free again");
        assert_eq!(writing!(store, |tx| bookings::update_holds_over(tx, at(601), 9)), [BookingId(id(2))]);
        let pending = Booking { status: BookingStatus::Pending, ..booking(&salon, &user, 4, span(60, 90, 0)) };
        written(&store, &pending, None).await.expect("free again");
        assert!(writing!(store, |tx| bookings::update_pending_over(tx, at(3_599), 9)).is_empty());
        assert_eq!(writing!(store, |tx| bookings::update_pending_over(tx, at(3_600), 9)), [pending.id]);
        assert_eq!(reading!(store, |tx| bookings::find(tx, pending.id)).expect("there").status, BookingStatus::Expired);
    }
}

on_both! {
    async fn what_happened_is_only_added_to_and_loses_nothing_but_its_words(scratch) {
        let store = scratch.store.clone();
        let (salon, user) = (salon_of(&store).await, active(&store, 1).await);
        let one = booking(&salon, &user, 1, span(0, 45, 0));
        written(&store, &one, None).await.expect("free");
        let event = BookingEvent {
            id: BookingEventId(id(1)),
            booking_id: one.id,
            actor_id: Some(user.id),
            by: EventBy::Customer,
            from: Some(BookingStatus::Confirmed),
            to: BookingStatus::CancelledByCustomer,
            reason: Some("سارة مريضة".into()),
            at: at(1),
        };
        writing!(store, |tx| tx.run(booking_events::insert(&event)));
        assert_eq!(reading!(store, |tx| booking_events::list(tx, one.id)), std::slice::from_ref(&event));
        let mut raw = Raw::connect(&scratch.url).await;
        for change in ["reason = 'x'", "to_status = 'confirmed'", "reason = NULL, actor_kind = 'staff'", "reason = NULL, actor_id = NULL"] {
            let words = raw.refusal(&format!("UPDATE booking_events SET {change}")).await;
            assert!(words.contains("booking events are only added"), "{change}: {words}");
        }
        writing!(store, |tx| tx.run(booking_events::update_anonymised(user.id)));
        writing!(store, |tx| tx.run(bookings::update_anonymised(user.id)));
        assert_eq!(reading!(store, |tx| booking_events::list(tx, one.id)), [BookingEvent { reason: None, ..event }]);
        let left = reading!(store, |tx| bookings::find(tx, one.id)).expect("the booking stays");
        assert_eq!((left.attendee_name, left.note, left.customer_id), (None, None, Some(user.id)));
    }
}
