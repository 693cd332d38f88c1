//! `POST /api/auth/phone/verify/`

use serde_json::json;

use crate::support::{OTHER, PHONE, TestApp, api_test, wrong};

const PATH: &str = "/api/auth/phone/verify/";

api_test! {
    async fn a_right_code_signs_in_and_claims_the_phone(app) {
        let id = app.challenge(PHONE).await;
        let code = app.code(PHONE).await;
        let body = json!({ "challenge_id": id, "code": code, "phone": "٠٥٠١٢٣٤٥٦٧", "device_name": "Sara's phone" });
        let answer = app.post(PATH).json(&body).send().await.ok(200);
        assert_eq!(answer.body["token_type"], "Bearer");
        assert_eq!(answer.body["expires_in"], 600);
        assert_eq!(answer.body["refresh_expires_in"], 30 * 86_400);
        assert_eq!(answer.body["is_new_user"], true);
        let user = &answer.body["user"];
        assert_eq!(user["phone"], PHONE);
        assert_eq!(user["is_phone_verified"], true);
        assert_eq!(user["display_name"], "050 123 4567");
        assert_eq!(user["roles"], json!([]));
        assert_eq!(user["created_at"], "2026-11-18T12:00:00Z");
        assert!(user["given_name"].is_null() && user["family_name"].is_null() && user["email"].is_null());
        assert_eq!(answer.header("cache-control"), "no-store");

        let me = app.get("/api/me/").bearer(&answer.text("access")).send().await.ok(200);
        assert_eq!(&me.body, user);
        app.advance(61);
        assert_eq!(app.customer(PHONE).await.session["is_new_user"], false);
    }
}

api_test! {
    async fn a_code_cannot_be_used_twice(app) {
        let id = app.challenge(PHONE).await;
        let body = json!({ "challenge_id": id, "code": app.code(PHONE).await });
        app.post(PATH).json(&body).send().await.ok(200);
        app.post(PATH).json(&body).send().await.problem("challenge-not-found");
    }
}

api_test! {
    async fn five_wrong_codes_end_the_challenge_for_the_right_one_too(app) {
        let id = app.challenge(PHONE).await;
        let code = app.code(PHONE).await;
        let wrong = wrong(&code);
        for left in (0..5).rev() {
            let answer = app.post(PATH).json(&json!({ "challenge_id": id, "code": wrong })).send().await.problem("invalid-code");
            assert_eq!(answer.body["attempts_remaining"], left);
        }
        app.post(PATH).json(&json!({ "challenge_id": id, "code": code })).send().await.problem("challenge-not-found");
    }
}

api_test! {
    async fn a_code_lives_five_minutes(app) {
        let id = app.challenge(PHONE).await;
        let body = json!({ "challenge_id": id, "code": app.code(PHONE).await });
        app.advance(300);
        app.post(PATH).json(&body).send().await.problem("challenge-not-found");
    }
}

api_test! {
    async fn a_code_of_one_purpose_is_not_there_for_another(app) {
        let customer = app.customer(PHONE).await;
        app.advance(61);
        let asked = customer.post("/api/me/phone/request/").json(&json!({ "phone": PHONE })).send().await.ok(202);
        assert_eq!(asked.body["purpose"], "verify");
        let verify = json!({ "challenge_id": asked.text("challenge_id"), "code": app.code(PHONE).await });
        app.post(PATH).json(&verify).send().await.problem("challenge-not-found");

        // A second later, so that there is a newest message.
        app.advance(1);
        let id = app.challenge(PHONE).await;
        let auth = json!({ "challenge_id": id, "code": app.code(PHONE).await });
        customer.post("/api/me/phone/verify/").json(&auth).send().await.problem("challenge-not-found");
        // Neither try cost the real owner anything.
        customer.post("/api/me/phone/verify/").json(&verify).send().await.ok(200);
        app.post(PATH).json(&auth).send().await.ok(200);
    }
}

api_test! {
    async fn a_code_is_for_its_own_phone(app) {
        let id = app.challenge(PHONE).await;
        let code = app.code(PHONE).await;
        let other = json!({ "challenge_id": id, "code": code, "phone": OTHER });
        app.post(PATH).json(&other).send().await.problem("challenge-not-found");
        let odd = json!({ "challenge_id": id, "code": code, "phone": "x" });
        app.post(PATH).json(&odd).send().await.problem("invalid-phone");
        app.post(PATH).json(&json!({ "challenge_id": id, "code": code, "phone": PHONE })).send().await.ok(200);
    }
}

#[tokio::test]
async fn codes_are_read_as_people_type_and_paste_them() {
    let app = TestApp::sqlite().await;
    let arabic =
        |code: &str| -> String { code.chars().map(|c| char::from_u32(u32::from(c) - 0x30 + 0x660).expect("a digit")).collect() };
    for (index, phone) in ["+966501111111", "+966502222222", "+966503333333"].into_iter().enumerate() {
        let id = app.challenge(phone).await;
        let code = app.code(phone).await;
        let typed = [format!("{} {}", &code[..3], &code[3..]), arabic(&code), format!("رمزك {code}")];
        app.post(PATH).json(&json!({ "challenge_id": id, "code": typed[index] })).send().await.ok(200);
    }
}

api_test! {
    async fn what_is_no_code_costs_no_guess(app) {
        let id = app.challenge(PHONE).await;
        for code in ["", "12345", "abcdef", "123456 or 654321"] {
            let answer = app.post(PATH).json(&json!({ "challenge_id": id, "code": code })).send().await.problem("validation");
            assert_eq!(answer.errors()[0].0, "/code");
        }
        let body = json!({ "challenge_id": id, "code": app.code(PHONE).await });
        app.post(PATH).json(&body).send().await.ok(200);
    }
}

api_test! {
    async fn who_is_shut_out_learns_it_with_the_right_code_alone(app) {
        let customer = app.customer(PHONE).await;
        app.uc.block_user(PHONE, true).await.expect("blocked");
        customer.get("/api/me/").send().await.problem("session-ended");
        customer.refresh().await.problem("session-ended");
        app.advance(61);
        let id = app.challenge(PHONE).await;
        let code = app.code(PHONE).await;
        let wrong = wrong(&code);
        app.post(PATH).json(&json!({ "challenge_id": id, "code": wrong })).send().await.problem("invalid-code");
        app.post(PATH).json(&json!({ "challenge_id": id, "code": code })).send().await.problem("forbidden");
        app.post(PATH).json(&json!({ "challenge_id": id, "code": code })).send().await.problem("challenge-not-found");
        app.uc.block_user(PHONE, false).await.expect("let in");
        app.advance(61);
        app.customer(PHONE).await;
    }
}
