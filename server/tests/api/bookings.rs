//! Bookings over JSON: from a slot that is held to what is said of the visit, and who sees what of whom.

use domain::ids::SalonId;
use domain::role::Role;
use serde_json::{Value, json};
use store::salon_grants;
use store::testing::salons::{OpenSalon, open_salon};

use crate::support::{Customer, TestApp};

const SARA: &str = "+966501234567";
const NOURA: &str = "+966501234568";

async fn open(app: &TestApp, people: u32) -> OpenSalon {
    open_salon(app.uc.store(), 1, people, app.uc.clock().now()).await
}

/// The first starts that can be booked, as the salon says.
async fn starts(app: &TestApp, salon: &OpenSalon) -> Vec<String> {
    let path = format!("/api/salons/salon-1/availability/?service_id={}&days=7", salon.treatments[0].id);
    let slots = app.get(&path).send().await.ok(200).body;
    let slots = slots["slots"].as_array().expect("slots");
    // Far enough ahead for every window, and on the grid.
    slots.iter().skip(40).map(|slot| slot["starts_at"].as_str().expect("an instant").to_owned()).collect()
}

fn slot(salon: &OpenSalon, starts_at: &str) -> Value {
    json!({ "salon": "salon-1", "service_id": salon.treatments[0].id, "starts_at": starts_at })
}

async fn of_salon(app: &TestApp, salon: SalonId, phone: &str, role: Role) -> Customer {
    let customer = app.customer(phone).await;
    let user = app.uc.grant_role(phone, role).await.expect("granted");
    let mut tx = app.uc.store().write().await.expect("begins");
    salon_grants::insert(&mut tx, salon, user.id, role, app.uc.clock().now()).await.expect("granted");
    tx.commit().await.expect("commits");
    customer.enrol().await;
    app.advance(61);
    customer
}

#[tokio::test]
async fn a_stranger_holds_a_slot_signs_in_and_has_it() {
    let app = TestApp::sqlite().await;
    let salon = open(&app, 1).await;
    let starts = starts(&app, &salon).await;
    let held = app.post("/api/holds/").json(&slot(&salon, &starts[0])).send().await.ok(201).body;
    assert_eq!((held["booking"]["status"].as_str(), held["booking"]["salon"]["id"].as_str()), (Some("held"), None));
    let again = app.post("/api/holds/").json(&slot(&salon, &starts[0])).send().await.problem("slot-taken");
    assert_eq!(again.body["nearest"].as_array().map(Vec::len), Some(3), "{}", again.body);
    let sara = app.customer(SARA).await;
    let place = json!({ "hold": held["token"], "attendee_name": "نورة" });
    let booked = sara.post("/api/bookings/").json(&place).send().await.ok(201).body;
    assert_eq!((booked["status"].as_str(), booked["overlaps"].as_i64()), (Some("confirmed"), Some(0)));
    assert_eq!((booked["total_halalas"].as_i64(), booked["items"][0]["vat_halalas"].as_i64()), (Some(11_500), Some(1_500)));
    assert_eq!((booked["attendee_name"].as_str(), booked["can_cancel"].as_bool()), (Some("نورة"), Some(true)));
    sara.post("/api/bookings/").json(&json!({ "hold": "x" })).send().await.problem("hold-expired");
    let faults =
        sara.post("/api/bookings/").json(&json!({ "salon": 1, "role": "x" })).send().await.problem("validation").errors();
    let pointers: Vec<_> = faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert_eq!(pointers, ["/salon", "/service_id", "/starts_at", "/role"]);
    app.post("/api/bookings/").json(&place).send().await.problem("unauthenticated");
    app.post("/api/holds/").bearer("x").json(&slot(&salon, &starts[9])).send().await.problem("unauthenticated");
}

#[tokio::test]
async fn the_same_key_gives_the_first_answer() {
    let app = TestApp::sqlite().await;
    let salon = open(&app, 1).await;
    let starts = starts(&app, &salon).await;
    let sara = app.customer(SARA).await;
    let book = |start: &str, key: &str| {
        let body = slot(&salon, start);
        sara.post("/api/bookings/").header("idempotency-key", key).json(&body).send()
    };
    let first = book(&starts[0], "k1").await.ok(201).body;
    assert_eq!(book(&starts[0], "k1").await.ok(201).body["id"], first["id"]);
    book(&starts[5], "k1").await.problem("conflict");
    book(&starts[0], "k2").await.problem("slot-taken");
    book(&starts[5], "not a key").await.problem("validation");
    let id = first["id"].as_str().expect("an id");
    let cancel =
        |key: &str| sara.post(&format!("/api/bookings/{id}/cancel/")).header("idempotency-key", key).json(&json!({})).send();
    assert_eq!(cancel("k3").await.ok(200).body["status"], "cancelled_by_customer");
    assert_eq!(cancel("k3").await.ok(200).body["status"], "cancelled_by_customer");
    cancel("k1").await.problem("conflict");
}

#[tokio::test]
async fn a_customer_lists_moves_calls_off_and_takes_home_what_is_theirs() {
    let app = TestApp::sqlite().await;
    let salon = open(&app, 1).await;
    let starts = starts(&app, &salon).await;
    let (sara, noura) = (app.customer(SARA).await, app.customer(NOURA).await);
    let booked = sara.post("/api/bookings/").json(&slot(&salon, &starts[0])).send().await.ok(201).body;
    let base = format!("/api/bookings/{}/", booked["id"].as_str().expect("an id"));
    noura.get(&base).send().await.problem("not-found");
    for (path, body) in [
        ("cancel", json!({})),
        ("reschedule", json!({ "starts_at": starts[8] })),
        ("review", json!({ "rating": 5, "shown_as": "anonymous" })),
    ] {
        noura.post(&format!("{base}{path}/")).json(&body).send().await.problem("not-found");
    }
    let to = json!({ "starts_at": starts[1], "version": 1 });
    let moved = sara.post(&format!("{base}reschedule/")).json(&to).send().await.ok(200).body;
    assert_eq!((moved["version"].as_i64(), moved["code"] == booked["code"]), (Some(2), true));
    sara.post(&format!("{base}reschedule/")).json(&to).send().await.problem("conflict");
    let file = sara.get(&format!("{base}calendar.ics")).send().await.ok(200);
    assert!(file.header("content-type").starts_with("text/calendar"), "{}", file.header("content-type"));
    let review = json!({ "rating": 5, "shown_as": "anonymous" });
    let early = sara.post(&format!("{base}review/")).json(&review).send().await.problem("conflict");
    assert_eq!(early.body["reason"], "not_from_here");
    assert_eq!(sara.get("/api/bookings/").send().await.ok(200).body["items"][0]["id"], booked["id"]);
    let off = sara.post(&format!("{base}cancel/")).json(&json!({ "version": 2, "reason": "ill" })).send().await.ok(200).body;
    assert_eq!(off["status"], "cancelled_by_customer");
    let past = sara.get("/api/bookings/?when=past").send().await.ok(200).body;
    assert_eq!((&past["items"][0]["id"], &past["next"]), (&booked["id"], &Value::Null));
    sara.get("/api/bookings/?when=never").send().await.problem("validation");
    sara.get("/api/bookings/?after=x").send().await.problem("validation");
}

#[tokio::test]
async fn who_works_there_sees_customers_as_far_as_they_may() {
    let app = TestApp::sqlite().await;
    let salon = open(&app, 1).await;
    let starts = starts(&app, &salon).await;
    let sara = app.customer(SARA).await;
    let booked = sara.post("/api/bookings/").json(&slot(&salon, &starts[0])).send().await.ok(201).body;
    let (id, day) = (booked["id"].as_str().expect("an id"), booked["business_date"].as_str().expect("a day"));
    let salon_id = salon.salon.id;
    let reception = of_salon(&app, salon_id, "+966500000002", Role::Reception).await;
    let stylist = of_salon(&app, salon_id, "+966500000003", Role::Stylist).await;
    let list = reception.get(&format!("/api/admin/salons/{salon_id}/bookings/?from={day}")).send().await.ok(200).body;
    let customer = &list["items"][0]["customer"];
    assert_eq!((customer["phone"].as_str(), customer["is_phone_masked"].as_bool()), (Some(SARA), Some(false)));
    stylist.get(&format!("/api/admin/bookings/{id}/")).send().await.problem("not-found");
    let mut tx = app.uc.store().write().await.expect("begins");
    let user = stylist.user_id.parse().expect("an id");
    let own = store::staff::Staff { user_id: Some(user), ..salon.staff[0].clone() };
    store::staff::update(&mut tx, &own).await.expect("changed");
    tx.commit().await.expect("commits");
    let seen = stylist.get(&format!("/api/admin/bookings/{id}/")).send().await.ok(200);
    assert_eq!(seen.body["customer"]["phone"], "05• ••• 4567");
    assert!(!seen.body.to_string().contains("501234567"));
    let code = booked["code"].as_str().expect("a code").to_lowercase();
    let found = reception.get(&format!("/api/admin/salons/{salon_id}/bookings/by-code/{code}/")).send().await.ok(200);
    assert_eq!(found.body["id"], booked["id"]);

    let act = |who: &Customer, act: &str| who.post(&format!("/api/admin/bookings/{id}/act/")).json(&json!({ "act": act })).send();
    assert_eq!(act(&reception, "no-show").await.problem("conflict").body["reason"], "too_early");
    assert_eq!(act(&reception, "check-in").await.ok(200).body["status"], "arrived");
    act(&reception, "correct").await.problem("forbidden");
    assert_eq!(act(&stylist, "complete").await.ok(200).body["status"], "completed");
    let events = reception.get(&format!("/api/admin/bookings/{id}/events/")).send().await.ok(200).body;
    assert_eq!(events["items"].as_array().map(Vec::len), Some(3));
    sara.get(&format!("/api/admin/bookings/{id}/")).send().await.problem("forbidden");

    let desk = format!("/api/admin/salons/{salon_id}/bookings/");
    let body = json!({ "service_id": salon.treatments[0].id, "starts_at": starts[20], "phone": "0501234569" });
    let made = reception.post(&desk).json(&body).send().await.ok(201).body;
    assert_eq!((made["source"].as_str(), made["customer"]["phone"].as_str()), (Some("desk"), Some("+966501234569")));
    reception.post(&desk).json(&body).send().await.problem("slot-taken");
    let over = json!({ "service_id": salon.treatments[0].id, "starts_at": starts[20], "phone": "0501234569",
        "overbook": { "reason": "twins" } });
    reception.post(&desk).json(&over).send().await.problem("forbidden");
    let manager = of_salon(&app, salon_id, "+966500000004", Role::Manager).await;
    assert_eq!(manager.post(&desk).json(&over).send().await.ok(201).body["is_overbooked"], true);
    let path = format!("/api/admin/bookings/{}/reschedule/", made["id"].as_str().expect("an id"));
    manager.post(&path).json(&json!({ "starts_at": starts[30] })).send().await.ok(200);
}

#[tokio::test]
async fn a_review_shows_what_its_author_chose_and_never_a_phone() {
    let app = TestApp::sqlite().await;
    let salon = open(&app, 1).await;
    let starts = starts(&app, &salon).await;
    let sara = app.customer(SARA).await;
    sara.call("PATCH", "/api/me/").json(&json!({ "given_name": "سارة", "family_name": "العتيبي" })).send().await.ok(200);
    let booked = sara.post("/api/bookings/").json(&slot(&salon, &starts[0])).send().await.ok(201).body;
    let id = booked["id"].as_str().expect("an id");
    let manager = of_salon(&app, salon.salon.id, "+966500000004", Role::Manager).await;
    for act in ["check-in", "complete"] {
        manager.post(&format!("/api/admin/bookings/{id}/act/")).json(&json!({ "act": act })).send().await.ok(200);
    }
    let path = format!("/api/bookings/{id}/review/");
    sara.get(&path).send().await.problem("not-found");
    let review = json!({ "rating": 4, "text": "رائعة 0501234567", "shown_as": "name_initial" });
    let written = sara.post(&path).json(&review).send().await.ok(200).body;
    assert_eq!(
        (written["status"].as_str(), sara.get(&path).send().await.ok(200).body["rating"].as_i64()),
        (Some("pending"), Some(4))
    );
    let queue = format!("/api/admin/salons/{}/reviews/", salon.salon.id);
    let waiting = manager.get(&queue).send().await.ok(200).body;
    assert_eq!((&waiting["items"][0]["has_phone"], &waiting["items"][0]["shown_name"]), (&json!(true), &json!("سارة ا.")));
    let public = "/api/salons/salon-1/reviews/";
    assert_eq!(app.get(public).send().await.ok(200).body["count"], 0);
    let review = json!({ "rating": 4, "text": "رائعة", "shown_as": "name_initial" });
    sara.post(&path).json(&review).send().await.ok(200);
    let decide = format!("/api/admin/reviews/{}/act/", written["id"].as_str().expect("an id"));
    manager.post(&decide).json(&json!({ "act": "publish" })).send().await.ok(200);
    manager.post(&decide).json(&json!({ "act": "reply", "reply": "شكرًا" })).send().await.ok(200);
    manager.post(&decide).json(&json!({ "act": "praise" })).send().await.problem("validation");
    let shown = app.get(public).send().await.ok(200).body;
    let first = &shown["items"][0];
    assert_eq!((first["author"].as_str(), first["reply"].as_str()), (Some("سارة ا."), Some("شكرًا")));
    assert_eq!((shown["mean_hundredths"].as_i64(), shown.to_string().contains("501234567")), (Some(400), false));
    manager.get(&format!("{queue}?status=lost")).send().await.problem("validation");
    app.get("/api/salons/salon-9/reviews/").send().await.problem("not-found");
}
