//! `/api/me/phone/`

use serde_json::json;

use crate::support::{Answer, Customer, OTHER, PHONE, TestApp, api_test};

async fn ask(customer: &Customer, phone: &str) -> Answer {
    customer.post("/api/me/phone/request/").json(&json!({ "phone": phone })).send().await
}

async fn answer(app: &TestApp, customer: &Customer, asked: &Answer, phone: &str) -> Answer {
    let body = json!({ "challenge_id": asked.text("challenge_id"), "code": app.code(phone).await });
    customer.post("/api/me/phone/verify/").json(&body).send().await
}

api_test! {
    async fn the_account_moves_to_a_new_number_and_the_old_one_is_told(app) {
        let elsewhere = app.customer(PHONE).await;
        app.advance(61);
        let here = app.customer(PHONE).await;
        let asked = ask(&here, OTHER).await.ok(202);
        assert_eq!(asked.body["purpose"], "verify");
        let moved = answer(&app, &here, &asked, OTHER).await.ok(200);
        assert_eq!(moved.body["phone"], OTHER);
        assert_eq!(moved.body["id"], here.user_id);

        assert!(!elsewhere.is_alive().await);
        let told = app.messages(PHONE).await.remove(0);
        assert!(told["code"].is_null() && told["purpose"].is_null());

        app.advance(61);
        assert_eq!(app.customer(OTHER).await.user_id, here.user_id);
        assert_ne!(app.customer(PHONE).await.user_id, here.user_id);
    }
}

api_test! {
    async fn a_number_nobody_has_proved_stands_in_nobodys_way(app) {
        app.uc.add_user(OTHER).await.expect("added by staff");
        let sara = app.customer(PHONE).await;
        let asked = ask(&sara, OTHER).await.ok(202);
        answer(&app, &sara, &asked, OTHER).await.ok(200);
    }
}

api_test! {
    async fn a_number_of_somebody_else_is_a_conflict_only_for_who_holds_it(app) {
        let owner = app.customer(OTHER).await;
        app.advance(61);
        let sara = app.customer(PHONE).await;
        let taken = ask(&sara, OTHER).await.ok(202);
        app.advance(61);
        let free = ask(&sara, "+966530000000").await.ok(202);
        let shape = |answer: &Answer| answer.body.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
        assert_eq!(shape(&taken), shape(&free));
        answer(&app, &sara, &taken, OTHER).await.problem("conflict");
        assert_eq!(sara.get("/api/me/").send().await.body["phone"], PHONE);
        assert!(owner.is_alive().await);
    }
}

api_test! {
    async fn a_new_number_needs_a_fresh_sign_in_and_the_own_one_does_not(app) {
        let sara = app.customer(PHONE).await;
        app.advance(599);
        ask(&sara, OTHER).await.ok(202);
        app.advance(2);
        let access = Customer::of(&app, &sara.refresh().await.ok(200));
        let refused = ask(&access, "+966530000000").await.problem("fresh-authentication-required");
        assert!(refused.header("www-authenticate").contains("insufficient_user_authentication"));
        let asked = ask(&access, PHONE).await.ok(202);
        let same = answer(&app, &access, &asked, PHONE).await.ok(200);
        assert_eq!(same.body["is_phone_verified"], true);
    }
}

api_test! {
    async fn only_the_session_that_asked_may_answer(app) {
        let first = app.customer(PHONE).await;
        app.advance(61);
        let second = app.customer(PHONE).await;
        app.advance(61);
        let asked = ask(&first, PHONE).await.ok(202);
        answer(&app, &second, &asked, PHONE).await.problem("challenge-not-found");
        let body = json!({ "challenge_id": asked.text("challenge_id"), "code": "12" });
        let odd = first.post("/api/me/phone/verify/").json(&body).send().await.problem("validation");
        assert_eq!(odd.errors()[0].0, "/code");
        answer(&app, &first, &asked, PHONE).await.ok(200);
    }
}

api_test! {
    async fn a_phone_that_cannot_be_read_says_why(app) {
        let sara = app.customer(PHONE).await;
        assert_eq!(ask(&sara, "+1 650 253 0000").await.problem("invalid-phone").body["reason"], "country_not_allowed");
        assert_eq!(ask(&sara, "0501").await.problem("invalid-phone").body["reason"], "too_short");
    }
}
