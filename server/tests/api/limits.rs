//! Limits and what callers are told of them.

use serde_json::json;

use crate::support::{Answer, PHONE, TestApp, api_test, wrong};

async fn ask(app: &TestApp, phone: &str) -> Answer {
    app.post("/api/auth/phone/request/").json(&json!({ "phone": phone })).send().await
}

/// A refusal's own word is true: a second earlier is too early, then it works.
async fn retry_after_is_true(app: &TestApp, phone: &str, policy: &str) {
    let refusal = ask(app, phone).await.problem("quota-exceeded");
    assert_eq!(refusal.body["violated_policies"], json!([policy]));
    let wait: i64 = refusal.header("retry-after").parse().expect("seconds");
    assert_eq!(refusal.body["retry_after"], wait);
    assert_eq!(refusal.body["rate_limit"]["reset_in"], wait);
    assert_eq!(refusal.body["rate_limit"]["remaining"], 0);
    assert!(refusal.header("ratelimit").starts_with(&format!("\"{policy}\";r=0;t={wait}")), "{}", refusal.header("ratelimit"));
    assert!(refusal.header("ratelimit-policy").starts_with(&format!("\"{policy}\";q=")));
    app.advance(wait - 1);
    assert_eq!(ask(app, phone).await.problem("quota-exceeded").header("retry-after"), "1");
    app.advance(1);
    ask(app, phone).await.ok(202);
}

api_test! {
    async fn a_new_request_waits_for_the_cooldown(app) {
        ask(&app, PHONE).await.ok(202);
        retry_after_is_true(&app, PHONE, "otp-cooldown").await;
    }
}

api_test! {
    async fn a_phone_gets_five_texts_an_hour_and_from_strangers_seven_a_day(app) {
        for left in (0..5).rev() {
            let answer = ask(&app, PHONE).await.ok(202);
            assert_eq!(answer.body["rate_limit"]["remaining"], left);
            app.advance(61);
        }
        retry_after_is_true(&app, PHONE, "otp-send").await;
        app.advance(3601);
        ask(&app, PHONE).await.ok(202);
        app.advance(3601);
        retry_after_is_true(&app, PHONE, "otp-send-day").await;
    }
}

api_test! {
    async fn every_spelling_of_a_number_shares_one_budget(app) {
        let spellings = ["0501234567", "+966 50 123 4567", "00966501234567", "966501234567", "٠٥٠١٢٣٤٥٦٧"];
        for spelling in spellings {
            assert_eq!(ask(&app, spelling).await.ok(202).body["phone"], PHONE);
            ask(&app, PHONE).await.problem("quota-exceeded");
            app.code(PHONE).await;
            app.advance(61);
        }
        ask(&app, "501234567").await.problem("quota-exceeded");
        assert_eq!(app.messages(PHONE).await.len(), 5);
    }
}

api_test! {
    async fn an_address_sends_thirty_in_ten_minutes_and_a_v6_network_is_one_address(app) {
        let from = async |address: &str, last: u32| {
            let body = json!({ "phone": format!("+9665300000{last:02}") });
            app.post("/api/auth/phone/request/").from(address).json(&body).send().await
        };
        for last in 0..30 {
            from(&format!("2001:db8:1:2::{last:x}"), last).await.ok(202);
        }
        let refusal = from("2001:db8:1:2:ffff::1", 30).await.problem("quota-exceeded");
        assert_eq!(refusal.body["violated_policies"], json!(["otp-address"]));
        from("2001:db8:1:3::1", 31).await.ok(202);
        from("::ffff:203.0.113.7", 32).await.ok(202);
    }
}

api_test! {
    async fn fifteen_wrong_codes_a_day_from_strangers_and_no_more_whatever_the_challenge(app) {
        for _ in 0..3 {
            let id = app.challenge(PHONE).await;
            let wrong = wrong(&app.code(PHONE).await);
            for _ in 0..5 {
                let body = json!({ "challenge_id": id, "code": wrong });
                app.post("/api/auth/phone/verify/").json(&body).send().await.problem("invalid-code");
            }
            app.advance(3601);
        }
        let id = app.challenge(PHONE).await;
        let body = json!({ "challenge_id": id, "code": app.code(PHONE).await });
        let refusal = app.post("/api/auth/phone/verify/").json(&body).send().await.problem("quota-exceeded");
        assert_eq!(refusal.body["violated_policies"], json!(["otp-guess"]));
        // The wait it names is true: with a new code then.
        app.advance(refusal.header("retry-after").parse().expect("seconds"));
        let id = app.challenge(PHONE).await;
        let body = json!({ "challenge_id": id, "code": app.code(PHONE).await });
        app.post("/api/auth/phone/verify/").json(&body).send().await.ok(200);
    }
}

#[tokio::test]
async fn success_shows_a_caller_only_what_its_own_calls_moved() {
    let app = TestApp::sqlite().await;
    for last in 1..=3 {
        let call = app.post("/api/auth/phone/request/").from(&format!("203.0.113.{last}"));
        let answer = call.json(&json!({ "phone": PHONE })).send().await.ok(202);
        assert_eq!(answer.body["rate_limit"]["remaining"], 4);
        app.advance(61);
    }
}

#[tokio::test]
async fn the_flood_gate_is_per_address_and_tells_when_to_come_back() {
    let app = TestApp::with("[flood]\nrequests_per_second = 1\nburst = 3").await;
    for _ in 0..3 {
        app.get("/api/me/").send().await.problem("unauthenticated");
    }
    let refusal = app.get("/api/me/").send().await.problem("quota-exceeded");
    assert_eq!(refusal.body["violated_policies"], json!(["flood"]));
    assert_eq!(refusal.header("ratelimit-policy"), "\"flood\";q=3;w=3");
    assert_eq!(app.get("/login").send().await.status, 429);
    app.get("/api/me/").from("203.0.113.9").send().await.problem("unauthenticated");
    app.get("/healthz").send().await.ok(200);
}
