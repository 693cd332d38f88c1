//! `POST /api/auth/token/refresh/` and `POST /api/auth/logout/`

use serde_json::json;

use crate::support::{Customer, PHONE, api_test};

const PATH: &str = "/api/auth/token/refresh/";

api_test! {
    async fn a_refresh_token_rotates_and_the_session_goes_on(app) {
        let customer = app.customer(PHONE).await;
        app.advance(600);
        let answer = customer.refresh().await.ok(200);
        let next = Customer::of(&app, &answer);
        assert_eq!(next.session_id, customer.session_id);
        assert_ne!(next.refresh, customer.refresh);
        assert_ne!(next.access, customer.access);
        assert_eq!(answer.body["is_new_user"], false);
        assert!(next.is_alive().await);
    }
}

api_test! {
    async fn a_lost_answer_logs_nobody_out_for_thirty_seconds(app) {
        let customer = app.customer(PHONE).await;
        let first = customer.refresh().await.ok(200);
        app.advance(30);
        let again = customer.refresh().await.ok(200);
        assert_eq!(first.text("refresh"), again.text("refresh"));
        assert!(Customer::of(&app, &again).is_alive().await);
    }
}

api_test! {
    async fn a_spent_token_ends_the_session_when_the_grace_is_over(app) {
        let customer = app.customer(PHONE).await;
        let next = Customer::of(&app, &customer.refresh().await.ok(200));
        app.advance(31);
        customer.refresh().await.problem("session-ended");
        assert!(!next.is_alive().await);
        next.refresh().await.problem("session-ended");
    }
}

api_test! {
    async fn a_spent_token_ends_the_session_when_its_successor_was_used(app) {
        let customer = app.customer(PHONE).await;
        let second = Customer::of(&app, &customer.refresh().await.ok(200));
        let third = Customer::of(&app, &second.refresh().await.ok(200));
        customer.refresh().await.problem("session-ended");
        assert!(!third.is_alive().await);
        third.refresh().await.problem("session-ended");
    }
}

api_test! {
    async fn a_session_ends_unused_after_thirty_days_and_used_after_ninety(app) {
        let idle = app.customer(PHONE).await;
        app.advance(30 * 86_400);
        idle.refresh().await.problem("session-ended");

        let mut used = app.customer(PHONE).await;
        for _ in 0..3 {
            app.advance(29 * 86_400);
            let answer = used.refresh().await.ok(200);
            used = Customer::of(&app, &answer);
        }
        assert!(used.session["refresh_expires_in"].as_u64().expect("seconds") <= 3 * 86_400);
        app.advance(3 * 86_400);
        used.refresh().await.problem("session-ended");
    }
}

api_test! {
    async fn what_is_no_token_of_ours_is_refused(app) {
        let customer = app.customer(PHONE).await;
        // Another letter in the middle of the signature; the last one of a token has bits that do not count.
        let (front, back) = customer.refresh.split_at(50);
        let other = if back.starts_with('A') { 'B' } else { 'A' };
        let forged = format!("{front}{other}{}", &back[1..]);
        for token in ["", "x", customer.access.as_str(), forged.as_str()] {
            let answer = app.post(PATH).json(&json!({ "refresh": token })).send().await;
            assert!(matches!(answer.body["code"].as_str(), Some("unauthenticated")), "{}", answer.body);
        }
        customer.refresh().await.ok(200);
    }
}

api_test! {
    async fn a_logout_is_at_once_and_for_good(app) {
        let customer = app.customer(PHONE).await;
        customer.post("/api/auth/logout/").send().await.ok(204);
        customer.get("/api/me/").send().await.problem("session-ended");
        customer.post("/api/auth/logout/").send().await.problem("session-ended");
        customer.refresh().await.problem("session-ended");
    }
}
