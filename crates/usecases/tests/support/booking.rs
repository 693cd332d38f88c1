//! A live salon, and people who book in it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::booking::BookingSource;
use domain::ids::{BookingId, SalonId};
use domain::role::Role;
use store::salon_grants;
use store::testing::salons::{OpenSalon, open_salon};
use usecases::{Actor, Admin, Booked, BookingAct, Error, Held, NewBooking, NewHold, Usecases};

use super::{actor, here, sign_in, staff};

/// The first Saturday after every test begins, 10:00 in Riyadh.
pub fn saturday() -> DateTime<Utc> {
    // Tests begin on Friday, 15 January 2027.
    "2027-01-16T07:00:00Z".parse().expect("an instant")
}

/// So many minutes after the salon opens that Saturday.
pub fn at(minutes: i64) -> DateTime<Utc> {
    saturday() + TimeDelta::minutes(minutes)
}

/// Open from today on, with so many who work there.
pub async fn open(uc: &Usecases, people: u32) -> OpenSalon {
    open_salon(uc.store(), 1, people, uc.clock().now()).await
}

pub fn cut(salon: &OpenSalon, starts_at: DateTime<Utc>) -> NewBooking {
    NewBooking {
        salon: salon.salon.slug.as_str().to_owned(),
        treatment: salon.treatments[0].id,
        staff: None,
        starts_at,
        attendee_name: None,
        note: None,
        source: BookingSource::Web,
    }
}

pub fn a_hold(salon: &OpenSalon, starts_at: DateTime<Utc>) -> NewHold {
    NewHold {
        salon: salon.salon.slug.as_str().to_owned(),
        treatment: salon.treatments[0].id,
        staff: None,
        starts_at,
        instead_of: None,
        source: BookingSource::Web,
    }
}

pub async fn hold(uc: &Usecases, salon: &OpenSalon, starts_at: DateTime<Utc>) -> Result<Held, Error> {
    uc.hold_slot(None, &a_hold(salon, starts_at), &here()).await
}

pub async fn book(uc: &Usecases, me: &Actor, salon: &OpenSalon, starts_at: DateTime<Utc>) -> Result<Booked, Error> {
    uc.book(me, &cut(salon, starts_at), None).await
}

/// Somebody who is signed in.
pub async fn customer(uc: &Usecases, phone: &str) -> Actor {
    actor(&sign_in(uc, phone).await)
}

/// Somebody with a role in that salon, let in.
pub async fn of_salon(uc: &Usecases, salon: SalonId, phone: &str, role: Role) -> Admin {
    let actor = staff::with_role(uc, phone, role).await;
    let mut tx = uc.store().write().await.expect("begins");
    salon_grants::insert(&mut tx, salon, actor.user.id, role, uc.clock().now()).await.expect("granted");
    tx.commit().await.expect("commits");
    uc.admin_actor(Some(actor)).expect("let in")
}

pub async fn act(uc: &Usecases, admin: &Admin, id: BookingId, act: BookingAct) -> Result<usecases::Visit, Error> {
    uc.act_on_booking(admin, id, act, None, None).await
}

/// What was free nearest to what was gone.
#[track_caller]
pub fn nearest<T: std::fmt::Debug>(outcome: Result<T, Error>) -> Vec<DateTime<Utc>> {
    match outcome {
        Err(Error::SlotTaken(nearest)) => nearest.into_iter().map(|free| free.slot.starts_at).collect(),
        other => panic!("expected a slot that is taken, got {other:?}"),
    }
}
