//! Salons set up over JSON, from nothing to live.

use domain::role::Role;
use serde_json::{Value, json};
use store::testing::salons::open_salon;

use crate::support::{Customer, TestApp};

const PLATFORM: &str = "+966500000001";
const OWNER: &str = "+966500000011";

async fn with_role(app: &TestApp, phone: &str, role: Option<Role>) -> Customer {
    let customer = app.customer(phone).await;
    if let Some(role) = role {
        app.uc.grant_role(phone, role).await.expect("granted");
    }
    customer.enrol().await;
    app.advance(61);
    customer
}

async fn send(who: &Customer, method: &str, path: &str, body: Value, status: u16) -> Value {
    who.call(method, path).json(&body).send().await.ok(status).body
}

#[tokio::test]
async fn a_salon_is_set_up_from_nothing_to_live() {
    let app = TestApp::sqlite().await;
    let platform = with_role(&app, PLATFORM, Some(Role::PlatformAdmin)).await;
    let made = send(&platform, "POST", "/api/admin/salons/", json!({ "slug": "nawa", "name_ar": "نوى" }), 201).await;
    let base = format!("/api/admin/salons/{}/", made["id"].as_str().expect("an id"));
    assert_eq!((made["status"].as_str(), made["lacks"].as_str()), (Some("draft"), Some("no_service")));
    platform.post("/api/admin/salons/").json(&json!({ "slug": "nawa", "name_ar": "نوى" })).send().await.problem("conflict");

    // The owner was nothing before: the role in the salon is what lets them in.
    let granted =
        send(&platform, "POST", &format!("{base}grants/"), json!({ "phone": "0500000011", "role": "owner" }), 201).await;
    assert_eq!(granted["is_in_force"], false);
    let owner = with_role(&app, OWNER, None).await;
    let set_up = owner.get(&base).send().await.ok(200).body;
    assert_eq!(set_up["roles"], json!(["owner"]));
    let live = json!({ "status": "live" });
    let refused = owner.post(&format!("{base}status/")).json(&live).send().await.problem("conflict");
    assert_eq!(refused.body["reason"], "no_service");

    let service = json!({ "name_en": "Cut", "duration_min": 45, "price_halalas": 11_500 });
    let service = send(&owner, "POST", &format!("{base}services/"), service, 201).await;
    let staff = send(&owner, "POST", &format!("{base}staff/"), json!({ "name_ar": "نورة" }), 201).await;
    let staff_base = format!("{base}staff/{}/", staff["id"].as_str().expect("an id"));
    let offers = json!({ "services": [{ "service_id": service["id"], "price_halalas": 15_000 }] });
    assert_eq!(send(&owner, "PUT", &format!("{staff_base}services/"), offers, 200).await["services"][0]["price_halalas"], 15_000);
    let week = json!({ "rules": [{ "weekday": 4, "start": "16:00", "end": "02:00" }] });
    send(&owner, "PUT", &format!("{staff_base}week/"), week, 200).await;
    let ramadan = json!({ "rules": [], "name": "رمضان", "valid_from": "2027-02-08", "valid_to": "2027-03-08" });
    let ramadan = send(&owner, "POST", &format!("{staff_base}schedules/"), ramadan, 201).await;
    let day = json!({ "hours": [{ "start": "10:00", "end": "12:00" }], "reason": "عرس" });
    send(&owner, "PUT", &format!("{staff_base}exceptions/2027-01-17/"), day, 200).await;
    let off = json!({ "starts_at": "2027-01-18T08:00:00Z", "ends_at": "2027-01-18T09:00:00Z" });
    let off = send(&owner, "POST", &format!("{staff_base}time-off/"), off, 201).await;
    send(&owner, "PUT", &format!("{base}closings/2027-01-20/"), json!({ "takes_spill": true }), 200).await;
    let hours = owner.get(&format!("{staff_base}hours/")).send().await.ok(200).body;
    assert_eq!((hours["schedules"].as_array().map(Vec::len), hours["exceptions"].as_array().map(Vec::len)), (Some(2), Some(1)));
    assert_eq!(hours["schedules"][0]["rules"][0]["end"], "02:00");
    send(&owner, "POST", &format!("{base}status/"), live, 200).await;
    assert_eq!(app.get("/api/salons/nawa/").send().await.ok(200).body["name"], "نوى");

    for path in [
        format!("{staff_base}schedules/{}/", ramadan["id"].as_str().expect("an id")),
        format!("{staff_base}exceptions/2027-01-17/?confirm=true"),
        format!("{staff_base}time-off/{}/", off["id"].as_str().expect("an id")),
        format!("{base}closings/2027-01-20/"),
        format!("{base}services/{}/", service["id"].as_str().expect("an id")),
    ] {
        owner.call("DELETE", &path).send().await.ok(204);
        owner.call("DELETE", &path).send().await.problem("not-found");
    }
    let user = owner.user_id.clone();
    owner.call("DELETE", &format!("{base}grants/{user}/owner/")).send().await.problem("conflict");
    assert_eq!(platform.get(&format!("{base}grants/")).send().await.ok(200).body["items"][0]["role"], "owner");
}

#[tokio::test]
async fn faults_are_told_by_their_place_and_others_see_nothing() {
    let app = TestApp::sqlite().await;
    let open = open_salon(app.uc.store(), 1, 1, app.uc.clock().now()).await;
    let platform = with_role(&app, PLATFORM, Some(Role::PlatformAdmin)).await;
    let base = format!("/api/admin/salons/{}/", open.salon.id);
    send(&platform, "POST", &format!("{base}grants/"), json!({ "phone": OWNER, "role": "owner" }), 201).await;
    let owner = with_role(&app, OWNER, None).await;
    let week = format!("{base}staff/{}/week/", open.staff[0].id);
    let body = json!({ "rules": [{ "weekday": 9, "start": "x", "end": "y" }, 3], "more": 1 });
    let errors = owner.call("PUT", &week).json(&body).send().await.problem("validation").errors();
    assert_eq!(errors.iter().map(|(pointer, _)| pointer.as_str()).collect::<Vec<_>>(), ["/rules/1", "/more"]);
    let body = json!({ "rules": [{ "weekday": 4, "start": "20:00", "end": "02:00" }, { "weekday": 5, "start": "01:00", "end": "03:00" }] });
    let errors = owner.call("PUT", &week).json(&body).send().await.problem("validation").errors();
    assert_eq!(errors, [("/rules/1/start".to_owned(), "overlaps".to_owned())]);

    let stranger = with_role(&app, "+966500000021", Some(Role::Owner)).await;
    stranger.get(&base).send().await.problem("not-found");
    stranger.call("PATCH", &base).json(&json!({ "name_en": "Mine" })).send().await.problem("not-found");
    assert_eq!(stranger.get("/api/admin/salons/").send().await.ok(200).body["items"], json!([]));
    let customer = app.customer("+966501234567").await;
    customer.get(&base).send().await.problem("forbidden");
    app.get(&base).send().await.problem("unauthenticated");
}
