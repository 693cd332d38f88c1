//! `POST /api/auth/phone/resend/`

use serde_json::json;

use crate::support::{PHONE, api_test, wrong};

const PATH: &str = "/api/auth/phone/resend/";

api_test! {
    async fn a_resend_repeats_the_same_code_and_gives_no_guess_back(app) {
        let id = app.challenge(PHONE).await;
        let first = app.code(PHONE).await;
        let wrong = wrong(&first);
        let guess = json!({ "challenge_id": id, "code": wrong });
        let answer = app.post("/api/auth/phone/verify/").json(&guess).send().await.problem("invalid-code");
        assert_eq!(answer.body["attempts_remaining"], 4);

        let early = app.post(PATH).json(&json!({ "challenge_id": id })).send().await.problem("quota-exceeded");
        assert_eq!(early.body["violated_policies"], json!(["otp-cooldown"]));
        assert_eq!(early.header("retry-after"), "60");

        app.advance(60);
        let answer = app.post(PATH).json(&json!({ "challenge_id": id })).send().await.ok(202);
        assert_eq!(answer.body["challenge_id"], id);
        assert_eq!(answer.body["attempts_remaining"], 4);
        assert_eq!(answer.body["expires_in"], 300);
        assert_eq!(app.messages(PHONE).await.len(), 2);
        assert_eq!(app.code(PHONE).await, first);
        app.post("/api/auth/phone/verify/").json(&json!({ "challenge_id": id, "code": first })).send().await.ok(200);
    }
}

api_test! {
    async fn no_resend_carries_a_code_past_ten_minutes(app) {
        let id = app.challenge(PHONE).await;
        for _ in 0..2 {
            app.advance(240);
            app.post(PATH).json(&json!({ "challenge_id": id })).send().await.ok(202);
        }
        let code = app.code(PHONE).await;
        app.advance(119);
        let wrong = wrong(&code);
        app.post("/api/auth/phone/verify/").json(&json!({ "challenge_id": id, "code": wrong })).send().await.problem("invalid-code");
        app.advance(1);
        let late = app.post("/api/auth/phone/verify/").json(&json!({ "challenge_id": id, "code": code })).send().await;
        late.problem("challenge-not-found");
        app.post(PATH).json(&json!({ "challenge_id": id })).send().await.problem("challenge-not-found");
    }
}

api_test! {
    async fn what_was_never_asked_or_is_used_or_is_for_something_else_is_not_there(app) {
        let nobody = json!({ "challenge_id": uuid::Uuid::nil() });
        app.post(PATH).json(&nobody).send().await.problem("challenge-not-found");

        let customer = app.customer(PHONE).await;
        app.advance(61);
        let asked = customer.post("/api/me/phone/request/").json(&json!({ "phone": PHONE })).send().await.ok(202);
        app.advance(61);
        let verify = json!({ "challenge_id": asked.text("challenge_id") });
        app.post(PATH).json(&verify).send().await.problem("challenge-not-found");
    }
}
