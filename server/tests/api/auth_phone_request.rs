//! `POST /api/auth/phone/request/`

use serde_json::json;

use crate::support::{PHONE, TestApp, api_test};

const PATH: &str = "/api/auth/phone/request/";

api_test! {
    async fn a_code_is_promised_with_everything_a_client_needs(app) {
        let answer = app.post(PATH).json(&json!({ "phone": "0501234567", "locale": "en" })).send().await.ok(202);
        assert_eq!(answer.body["phone"], PHONE);
        assert_eq!(answer.body["purpose"], "auth");
        assert_eq!(answer.body["code_length"], 6);
        assert_eq!(answer.body["expires_in"], 300);
        assert_eq!(answer.body["expires_at"], "2026-11-18T12:05:00Z");
        assert_eq!(answer.body["resend_in"], 60);
        assert_eq!(answer.body["attempts_remaining"], 5);
        assert_eq!(answer.body["rate_limit"], json!({ "limit": 5, "remaining": 4, "reset_in": 3600 }));
        assert_eq!(answer.header("ratelimit-policy"), r#""otp-send";q=5;w=3600, "otp-cooldown";q=1;w=60"#);
        assert_eq!(answer.header("ratelimit"), r#""otp-send";r=4;t=3600, "otp-cooldown";r=0;t=60"#);
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(!String::from_utf8_lossy(&answer.bytes).contains(&app.code(PHONE).await));

        let message = app.messages(PHONE).await.remove(0);
        assert_eq!(message["locale"], "en");
        assert_eq!(message["purpose"], "auth");
        assert!(message["body"].as_str().expect("a text").starts_with(message["code"].as_str().expect("a code")));
    }
}

#[tokio::test]
async fn the_text_is_in_the_language_asked_for() {
    let app = TestApp::sqlite().await;
    for (phone, header, wanted, expected) in
        [("0501111111", "en-GB,ar;q=0.5", None, "en"), ("0502222222", "en", Some("ar"), "ar"), ("0503333333", "fr", None, "ar")]
    {
        let body = wanted.map_or_else(|| json!({ "phone": phone }), |locale| json!({ "phone": phone, "locale": locale }));
        app.post(PATH).header("accept-language", header).json(&body).send().await.ok(202);
        assert_eq!(app.messages(&format!("+966{}", &phone[1..])).await[0]["locale"], expected, "{phone}");
    }
}

#[tokio::test]
async fn a_phone_that_cannot_be_read_says_why_in_both_languages() {
    let app = TestApp::sqlite().await;
    for (phone, reason) in [
        ("", "empty"),
        ("050123", "too_short"),
        ("05012345678", "too_long"),
        ("050-CALL-NOW", "invalid_chars"),
        ("0501234567\u{0}", "invalid_chars"),
        ("0501234567 ext 5", "has_extension"),
        ("0112345678", "not_mobile"),
        ("+1 650 253 0000", "country_not_allowed"),
        ("+999501234567", "unknown_country"),
    ] {
        let call = app.post(PATH).header("accept-language", "en").json(&json!({ "phone": phone }));
        let answer = call.send().await.problem("invalid-phone");
        assert_eq!(answer.body["reason"], reason, "{phone}");
        assert_eq!(answer.header("content-language"), "en");
        let arabic = app.post(PATH).json(&json!({ "phone": phone })).send().await.problem("invalid-phone");
        assert_ne!(arabic.body["detail"], answer.body["detail"]);
    }
    let answer = app.post(PATH).json(&json!({ "phone": "971501234567" })).send().await.problem("invalid-phone");
    assert_eq!(answer.body["reason"], "missing_plus");
    assert_eq!(answer.body["suggestion"], "+971501234567");
    assert_eq!(app.uc.dev_messages(None, 10).await.expect("read").len(), 0);
}

#[tokio::test]
async fn a_slash_more_or_less_is_the_same_endpoint() {
    let app = TestApp::sqlite().await;
    app.post("/api/auth/phone/request").json(&json!({ "phone": PHONE })).send().await.ok(202);
}
