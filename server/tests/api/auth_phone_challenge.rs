//! `GET /api/auth/phone/challenges/{id}/`

use serde_json::json;

use crate::support::{PHONE, api_test};

/// A number whose messages a development sink refuses for good.
const UNREACHABLE: &str = "+966500000901";

fn path(id: &str) -> String {
    format!("/api/auth/phone/challenges/{id}/")
}

api_test! {
    async fn whoever_waits_learns_how_the_text_fares_and_nothing_else(app) {
        let id = app.challenge(PHONE).await;
        let answer = app.get(&path(&id)).send().await.ok(200);
        let expected = json!({ "challenge_id": id, "delivery": "waiting", "expires_in": 300, "resend_in": 60 });
        assert_eq!(answer.body, expected);
        let code = app.code(PHONE).await;
        app.advance(10);
        let answer = app.get(&path(&id)).send().await.ok(200);
        assert_eq!(answer.body, json!({ "challenge_id": id, "delivery": "sent", "expires_in": 290, "resend_in": 50 }));
        assert_eq!(answer.header("cache-control"), "no-store");
        app.post("/api/auth/phone/verify/").json(&json!({ "challenge_id": id, "code": code })).send().await.ok(200);
        app.get(&path(&id)).send().await.problem("challenge-not-found");
    }
}

api_test! {
    async fn a_text_that_cannot_be_sent_is_told_whether_or_not_the_number_has_an_account(app) {
        app.uc.add_user(UNREACHABLE).await.expect("added");
        for number in [UNREACHABLE, "+966500000902"] {
            let id = app.challenge(number).await;
            assert_eq!(app.messages(number).await.len(), 0);
            let answer = app.get(&path(&id)).send().await.ok(200);
            assert_eq!(answer.body, json!({ "challenge_id": id, "delivery": "failed", "expires_in": 300, "resend_in": 60 }));
        }
    }
}

api_test! {
    async fn no_challenge_is_like_another(app) {
        let unknown = "6fa2b1a8-54c7-4b0f-9d0c-1f1b0a3c9a10";
        app.get(&path(unknown)).send().await.problem("challenge-not-found");
        let id = app.challenge(PHONE).await;
        app.advance(300);
        app.get(&path(&id)).send().await.problem("challenge-not-found");
        // Of another purpose.
        let customer = app.customer("+966501234568").await;
        let asked = customer.post("/api/me/phone/request/").json(&json!({ "phone": "0501234569" })).send().await.ok(202);
        app.get(&path(&asked.text("challenge_id"))).send().await.problem("challenge-not-found");
    }
}
