//! Salons as the public sees them.

use serde_json::Value;
use store::testing::salons::open_salon;
use uuid::Uuid;

use crate::support::TestApp;

async fn read(app: &TestApp, path: &str) -> Value {
    app.get(path).header("accept-language", "en").send().await.ok(200).body
}

#[tokio::test]
async fn anybody_finds_a_salon_and_what_it_offers() {
    let app = TestApp::sqlite().await;
    open_salon(app.uc.store(), 1, 2, app.uc.clock().now()).await;
    let list = app.get("/api/salons/").header("accept-language", "ar").send().await.ok(200);
    assert_eq!(list.header("cache-control"), "public, max-age=60");
    assert!(list.headers.get_all("vary").iter().any(|vary| vary.to_str().is_ok_and(|vary| vary.contains("Accept-Language"))));
    assert_eq!((list.body["items"][0]["name"].as_str(), &list.body["next"]), (Some("صالون 1"), &Value::Null));
    let salon = read(&app, "/api/salons/salon-1/").await;
    assert_eq!((salon["name"].as_str(), salon["timezone"].as_str()), (Some("Salon 1"), Some("Asia/Riyadh")));
    assert_eq!(salon["id"], Value::Null, "its address is all the public needs");
    let services = read(&app, "/api/salons/salon-1/services/").await;
    assert_eq!(services["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(
        (services["items"][0]["price_halalas"].as_i64(), services["items"][0]["vat_halalas"].as_i64()),
        (Some(11_500), Some(1_500))
    );
    let staff = read(&app, "/api/salons/salon-1/staff/").await;
    assert_eq!((staff["items"][1]["name"].as_str(), staff["items"][1]["user_id"].as_str()), (Some("Stylist 1"), None));
}

#[tokio::test]
async fn what_the_public_does_not_see_is_not_found() {
    let app = TestApp::sqlite().await;
    open_salon(app.uc.store(), 1, 1, app.uc.clock().now()).await;
    for path in ["", "staff/", "services/"] {
        app.get(&format!("/api/salons/salon-2/{path}")).send().await.problem("not-found");
    }
    let service = Uuid::nil();
    app.get(&format!("/api/salons/salon-1/availability/?service_id={service}")).send().await.problem("not-found");
    app.get("/api/salons/?page=2").send().await.problem("validation");
}

#[tokio::test]
async fn availability_says_who_is_free_and_is_kept_by_nobody() {
    let app = TestApp::sqlite().await;
    let open = open_salon(app.uc.store(), 1, 2, app.uc.clock().now()).await;
    let service = open.treatments[0].id;
    let path = |more: &str| format!("/api/salons/salon-1/availability/?service_id={service}{more}");
    let answer = app.get(&path("&days=7")).send().await.ok(200);
    assert_eq!(answer.header("cache-control"), "no-store");
    let slots = answer.body["slots"].as_array().expect("slots");
    assert!(!slots.is_empty() && slots.iter().all(|slot| slot["staff_ids"].as_array().map(Vec::len) == Some(2)));
    assert!(slots.iter().any(|slot| slot["part"] == "after_midnight" && slot["minute"].as_i64() >= Some(1_440)));
    assert_eq!(answer.body["staff"][0]["price_halalas"], 11_500);
    let one = app.get(&path(&format!("&staff_id={}", open.staff[0].id))).send().await.ok(200);
    assert_eq!(one.body["staff"].as_array().map(Vec::len), Some(1));
    let errors = async |path: String| app.get(&path).send().await.problem("validation").errors();
    let faults = errors(path("&staff_id=x&from=soon&days=many&color=red")).await;
    assert_eq!(faults.iter().map(|(pointer, _)| pointer.as_str()).collect::<Vec<_>>(), ["/staff_id", "/from", "/days", "/color"]);
    assert_eq!(errors(path("&days=32")).await, [("/days".to_owned(), "not_offered".to_owned())]);
    assert_eq!(errors("/api/salons/salon-1/availability/".into()).await, [("/service_id".to_owned(), "required".to_owned())]);
}
