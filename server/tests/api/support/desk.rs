//! A live salon, its people at the pages, and those who book.

use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{BookingId, UserId};
use domain::role::Role;
use store::testing::salons::{OpenSalon, open_salon};
use store::{salon_grants, staff, users};

use super::{Browser, TestApp};

/// Thursday, 19 November 2026, 16:00 in Riyadh: the day after every test begins, when the salon opens until 02:00.
pub fn thursday(minutes: i64) -> DateTime<Utc> {
    let opens: DateTime<Utc> = "2026-11-19T13:00:00Z".parse().expect("an instant");
    opens + TimeDelta::minutes(minutes)
}

/// A salon of two.
pub async fn open(app: &TestApp) -> OpenSalon {
    open_salon(app.uc.store(), 1, 2, app.uc.clock().now()).await
}

/// Somebody with a role in the salon, past every door; a stylist is the second of its staff.
pub async fn of_salon(app: &TestApp, salon: &OpenSalon, phone: &str, role: Role) -> Browser {
    let mut browser = Browser::default();
    browser.sign_in(app, phone).await;
    let user = app.uc.grant_role(phone, role).await.expect("granted").id;
    let mut tx = app.uc.store().write().await.expect("begins");
    salon_grants::insert(&mut tx, salon.salon.id, user, role, app.uc.clock().now()).await.expect("granted");
    if role == Role::Stylist {
        let me = staff::Staff { user_id: Some(user), ..salon.staff[1].clone() };
        staff::update(&mut tx, &me).await.expect("one of the staff");
    }
    tx.commit().await.expect("commits");
    browser.enrol(app).await;
    browser
}

/// The form that books a cut, `more` on its end.
pub fn booking_form(salon: &OpenSalon, phone: &str, minute: u16, more: &str) -> String {
    let (cut, staff) = (salon.treatments[0].id, salon.staff[1].id);
    let phone = phone.replace('+', "%2B");
    format!("slug=salon-1&service_id={cut}&staff_id={staff}&date=2026-11-19&minute={minute}&phone={phone}{more}")
}

/// The bookings of that Thursday, in order.
pub async fn booked(app: &TestApp, salon: &OpenSalon) -> Vec<usecases::Visit> {
    let day = thursday(0).date_naive();
    let days = store::visits::Days { salon: salon.salon.id, from: day, to: day, staff: None, now: app.uc.clock().now() };
    let mut tx = app.uc.store().read().await.expect("begins");
    store::visits::list_for_days(&mut tx, &days, 100).await.expect("a list")
}

/// The one booking whose customer has that phone.
pub async fn booked_by(app: &TestApp, salon: &OpenSalon, phone: &str) -> (BookingId, UserId) {
    let user = app.uc.add_user(phone).await.expect("is there").id;
    let all = booked(app, salon).await;
    let mine = all.iter().find(|visit| visit.booking.customer_id == Some(user)).expect("booked");
    (mine.booking.id, user)
}

/// Gives somebody a name.
pub async fn name(app: &TestApp, user: UserId, given: &str) {
    let mut tx = app.uc.store().write().await.expect("begins");
    let profile =
        users::Profile { given_name: Some(given.to_owned()), family_name: None, email: None, locale: domain::locale::Locale::En };
    users::update_profile(&mut tx, user, &profile, app.uc.clock().now()).await.expect("named");
    tx.commit().await.expect("commits");
}
