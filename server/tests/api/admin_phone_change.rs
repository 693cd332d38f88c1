//! `/api/admin/users/{id}/phone-change/`, `/api/auth/phone-change/`, and their pages

use domain::role::Role;
use serde_json::{Value, json};

use crate::support::{ADMIN, Answer, Browser, Customer, OTHER, PHONE, TestApp, api_test};

fn path(user_id: &str) -> String {
    format!("/api/admin/users/{user_id}/phone-change/")
}

async fn ask(admin: &Customer, user_id: &str, kind: &str, phone: &str) -> Answer {
    admin.post(&path(user_id)).json(&json!({ "phone": phone, "kind": kind })).send().await
}

/// Asks for the code, reads it and enters it.
async fn prove(app: &TestApp, phone: &str, old: Option<&str>) -> Answer {
    let asked = app.post("/api/auth/phone-change/request/").json(&json!({ "phone": phone })).send().await.ok(202);
    assert_eq!(asked.body["purpose"], "verify");
    let body = json!({ "challenge_id": asked.text("challenge_id"), "code": app.code(phone).await, "old_phone": old });
    app.post("/api/auth/phone-change/verify/").json(&body).send().await
}

api_test! {
    async fn an_admin_asks_the_owner_proves_and_a_day_long_it_can_be_taken_back(app) {
        let (admin, sara) = (app.admin().await, app.customer(PHONE).await);
        assert_eq!(admin.get(&path(&sara.user_id)).send().await.ok(200).body["last"], Value::Null);
        let asked = ask(&admin, &sara.user_id, "change", OTHER).await.ok(202);
        assert_eq!((&asked.body["state"], &asked.body["phone"]), (&json!("pending"), &json!(OTHER)));
        assert!(sara.is_alive().await && app.messages(OTHER).await.is_empty());
        ask(&admin, &sara.user_id, "change", "+966530000000").await.problem("conflict");

        prove(&app, OTHER, Some(PHONE)).await.ok(204);
        assert!(!sara.is_alive().await);
        let told = app.messages(PHONE).await.remove(0);
        assert!(told["code"].is_null() && told["purpose"].is_null());
        app.advance(61);
        assert_eq!(app.customer(OTHER).await.user_id, sara.user_id);
        let done = admin.get(&path(&sara.user_id)).send().await.ok(200);
        assert_eq!((&done.body["last"]["state"], &done.body["last"]["old_phone"]), (&json!("done"), &json!(PHONE)));

        let undone = admin.post(&format!("{}undo/", path(&sara.user_id))).send().await.ok(200);
        assert_eq!(undone.body["state"], "undone");
        app.advance(61);
        assert_eq!(app.customer(PHONE).await.user_id, sara.user_id);
        let again = admin.post(&format!("{}undo/", path(&sara.user_id))).send().await.problem("conflict");
        assert_eq!(again.body["reason"], "over");
    }
}

api_test! {
    async fn a_taken_number_is_merged_or_recycled_or_left_alone(app) {
        let (admin, sara, other) = (app.admin().await, app.customer(PHONE).await, app.customer(OTHER).await);
        let taken = ask(&admin, &sara.user_id, "change", OTHER).await.problem("conflict");
        assert_eq!(taken.body["reason"], "number_taken");
        ask(&admin, &sara.user_id, "merge", OTHER).await.ok(202);
        let cancelled = admin.call("DELETE", &path(&sara.user_id)).send().await.ok(200);
        assert_eq!(cancelled.body["state"], "cancelled");
        ask(&admin, &sara.user_id, "recycled", OTHER).await.ok(202);
        app.advance(61);
        prove(&app, OTHER, None).await.problem("not-found");
        app.advance(61);
        prove(&app, OTHER, Some(PHONE)).await.ok(204);
        let found = admin.get("/api/admin/users/?status=phoneless").send().await.ok(200);
        let ids: Vec<_> = found.body["items"].as_array().expect("a list").iter().map(|item| item["id"].clone()).collect();
        assert_eq!(ids, [json!(other.user_id)]);
        assert_eq!(found.body["items"][0]["phone"], Value::Null);
        assert!(!other.is_alive().await);
    }
}

api_test! {
    async fn the_doors_are_for_those_who_run_the_platform_and_read_strictly(app) {
        let sara = app.customer(PHONE).await;
        let undo = format!("{}undo/", path(&sara.user_id));
        for (method, path) in [("GET", path(&sara.user_id)), ("DELETE", path(&sara.user_id)), ("POST", undo)] {
            app.call(method, &path).send().await.problem("unauthenticated");
            sara.call(method, &path).send().await.problem("forbidden");
        }
        ask(&sara, &sara.user_id, "change", OTHER).await.problem("forbidden");
        let admin = app.admin().await;
        ask(&admin, &sara.user_id, "theft", OTHER).await.problem("validation");
        ask(&admin, &sara.user_id, "change", "12").await.problem("invalid-phone");
        ask(&admin, "00000000-0000-0000-0000-000000000000", "change", OTHER).await.problem("not-found");
        ask(&admin, &admin.user_id, "change", OTHER).await.problem("conflict");
        let more = json!({ "phone": OTHER, "kind": "change", "is_phone_verified": true });
        admin.post(&path(&sara.user_id)).json(&more).send().await.problem("validation");
        app.advance(601);
        let admin = Customer::of(&app, &admin.refresh().await.ok(200));
        ask(&admin, &sara.user_id, "change", OTHER).await.problem("fresh-authentication-required");
    }
}

api_test! {
    async fn the_pages_ask_once_in_words_and_hold_no_number_in_an_address(app) {
        let mut desk = Browser::default();
        desk.sign_in(&app, ADMIN).await;
        app.uc.grant_role(ADMIN, Role::PlatformAdmin).await.expect("granted");
        desk.enrol(&app).await;
        let sara = app.customer(PHONE).await;
        let page = format!("/admin/users/{}/phone", sara.user_id);
        let about = |rest: &str| format!("user={}{rest}", sara.user_id);

        assert!(desk.get(&app, &format!("/admin/users/{}", sara.user_id)).await.ok(200).html().contains(&page));
        assert!(desk.get(&app, &page).await.ok(200).html().contains("/sf/admin-look-phone"));
        let bad = desk.submit(&app, "/sf/admin-look-phone", &about("&phone=12")).await;
        assert_eq!(bad.header("location"), page);
        assert!(desk.get(&app, &page).await.ok(200).html().contains("aria-invalid=\"true\""));
        let looked = desk.submit(&app, "/sf/admin-look-phone", &about("&phone=0559876543")).await;
        assert_eq!(looked.header("location"), page);
        let offer = desk.get(&app, &page).await.ok(200).html();
        assert!(offer.contains("055 987 6543") && offer.contains("value=\"change\"") && !offer.contains("value=\"merge\""));
        let asked = desk.submit(&app, "/sf/admin-ask-phone", &about("&kind=change&phone=%2B966559876543")).await;
        assert_eq!(asked.header("location"), page);
        let waiting = desk.get(&app, &page).await.ok(200).html();
        assert!(waiting.contains("/sf/admin-cancel-phone") && !waiting.contains("/sf/admin-look-phone"), "{waiting}");

        let mut owner = Browser::default();
        owner.get(&app, "/phone-change").await.ok(200);
        assert_eq!(owner.get(&app, "/phone-change/code").await.header("location"), "/phone-change");
        let old = owner.submit(&app, "/sf/request-proof", "phone=0559876543&old_phone=12").await;
        assert_eq!(old.header("location"), "/phone-change");
        let form = owner.get(&app, "/phone-change").await.ok(200).html();
        assert!(form.contains("value=\"0559876543\"") && form.contains("id=\"old_phone-error\""), "{form}");
        let sent = owner.submit(&app, "/sf/request-proof", "phone=0559876543&old_phone=0501234567").await;
        assert_eq!(sent.header("location"), "/phone-change/code");
        owner.get(&app, "/phone-change/code").await.ok(200);
        assert_eq!(owner.get(&app, "/phone-change/code/delivery").await.ok(200).html(), "waiting");
        let code = app.code("+966559876543").await;
        let moved = owner.submit(&app, "/sf/prove-phone", &format!("code={code}")).await;
        assert_eq!(moved.header("location"), "/login");
        assert!(owner.get(&app, "/login").await.ok(200).html().contains("value=\"0559876543\""));

        let done = desk.get(&app, &page).await.ok(200).html();
        assert!(done.contains("/sf/admin-undo-phone") && done.contains("055 987 6543"));
        let undone = desk.submit(&app, "/sf/admin-undo-phone", &about("")).await;
        assert_eq!(undone.header("location"), page);
        let back = desk.get(&app, &page).await.ok(200).html();
        assert!(back.contains("050 123 4567") && !back.contains("055 987 6543"));
        desk.submit(&app, "/sf/admin-undo-phone", &about("")).await;
        assert!(desk.get(&app, &page).await.ok(200).html().contains("role=\"alert\""));
    }
}

api_test! {
    async fn the_page_shows_whose_a_taken_number_is_and_who_may_not_sees_nothing(app) {
        let mut desk = Browser::default();
        desk.sign_in(&app, ADMIN).await;
        let (sara, other) = (app.customer(PHONE).await, app.customer(OTHER).await);
        let page = format!("/admin/users/{}/phone", sara.user_id);
        assert_eq!(desk.get(&app, &page).await.status, 403, "a customer");
        let refused = desk.submit(&app, "/sf/admin-ask-phone", &format!("user={}&kind=merge&phone=0559876543", sara.user_id)).await;
        assert_eq!(refused.header("location"), page);
        app.uc.grant_role(ADMIN, Role::PlatformAdmin).await.expect("granted");
        desk.enrol(&app).await;
        let typed = format!("user={}&phone={}", sara.user_id, OTHER.replace('+', "%2B"));
        desk.submit(&app, "/sf/admin-look-phone", &typed).await;
        let offer = desk.get(&app, &page).await.ok(200).html();
        for part in [format!("/admin/users/{}\"", other.user_id), "value=\"merge\"".into(), "value=\"recycled\"".into()] {
            assert!(offer.contains(&part), "{part}: {offer}");
        }
        app.advance(601);
        let form = format!("user={}&kind=merge&phone={}", sara.user_id, OTHER.replace('+', "%2B"));
        let away = desk.submit(&app, "/sf/admin-ask-phone", &form).await;
        assert_eq!(away.header("location"), format!("/admin/verify?next={page}"));
    }
}

api_test! {
    async fn a_proof_of_nothing_says_so_on_the_page_it_came_from(app) {
        let mut owner = Browser::default();
        owner.submit(&app, "/sf/request-proof", "phone=0559876543&old_phone=").await;
        let empty = owner.submit(&app, "/sf/prove-phone", "code=").await;
        assert_eq!(empty.header("location"), "/phone-change/code");
        let early = owner.submit(&app, "/sf/resend-proof", "").await;
        assert_eq!(early.header("location"), "/phone-change/code");
        let code = app.code("+966559876543").await;
        let nothing = owner.submit(&app, "/sf/prove-phone", &format!("code={code}")).await;
        assert_eq!(nothing.header("location"), "/phone-change");
        let form = owner.get(&app, "/phone-change").await.ok(200).html();
        assert!(form.contains("role=\"alert\"") && form.contains("value=\"0559876543\""), "{form}");
    }
}
