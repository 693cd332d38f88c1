//! `/api/me/`

use serde_json::json;

use crate::support::{OTHER, PHONE, api_test};

const PATH: &str = "/api/me/";

api_test! {
    async fn a_profile_is_changed_field_by_field(app) {
        let sara = app.customer(PHONE).await;
        let change = json!({ "given_name": " سارة ", "family_name": "العتيبي", "email": "sara@example.com", "locale": "en" });
        let answer = sara.call("PATCH", PATH).json(&change).send().await.ok(200);
        assert_eq!(answer.body["given_name"], "سارة");
        assert_eq!(answer.body["display_name"], "سارة العتيبي");
        assert_eq!(answer.body["email"], "sara@example.com");
        assert_eq!(answer.body["locale"], "en");

        let answer = sara.call("PATCH", PATH).json(&json!({ "email": null, "family_name": "" })).send().await.ok(200);
        assert!(answer.body["email"].is_null() && answer.body["family_name"].is_null());
        assert_eq!(answer.body["given_name"], "سارة");
        assert_eq!(sara.get(PATH).send().await.ok(200).body, answer.body);
        sara.call("PATCH", PATH).json(&json!({})).send().await.ok(200);
    }
}

api_test! {
    async fn what_is_not_theirs_to_set_is_refused_and_nothing_changes(app) {
        let sara = app.customer(PHONE).await;
        for field in ["phone", "role", "roles", "is_phone_verified", "epoch", "status", "id"] {
            let change = json!({ "given_name": "x", field: true });
            let answer = sara.call("PATCH", PATH).json(&change).send().await.problem("validation");
            assert_eq!(answer.errors(), [(format!("/{field}"), "unknown".to_owned())]);
        }
        assert!(sara.get(PATH).send().await.ok(200).body["given_name"].is_null());
    }
}

api_test! {
    async fn wrong_fields_are_named_all_at_once(app) {
        let sara = app.customer(PHONE).await;
        let named = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
            pairs.iter().map(|(pointer, code)| ((*pointer).to_owned(), (*code).to_owned())).collect()
        };
        let change = json!({ "given_name": 5, "locale": "fr", "email": ["a"], "x": 1 });
        let answer = sara.call("PATCH", PATH).json(&change).send().await.problem("validation");
        assert_eq!(
            answer.errors(),
            named(&[("/given_name", "invalid"), ("/email", "invalid"), ("/locale", "not_offered"), ("/x", "unknown")])
        );
        let change = json!({ "given_name": "x".repeat(81), "email": "not an address" });
        let answer = sara.call("PATCH", PATH).json(&change).send().await.problem("validation");
        assert_eq!(answer.errors(), named(&[("/given_name", "too_long"), ("/email", "not_an_email")]));
        let change = json!({ "family_name": "a\u{0}b" });
        let answer = sara.call("PATCH", PATH).json(&change).send().await.problem("validation");
        assert_eq!(answer.errors(), named(&[("/family_name", "invalid_chars")]));
    }
}

api_test! {
    async fn the_export_holds_what_is_held_and_of_nobody_else(app) {
        let sara = app.customer(PHONE).await;
        app.customer(OTHER).await;
        sara.call("PATCH", PATH).json(&json!({ "email": "sara@example.com" })).send().await.ok(200);
        let export = sara.get("/api/me/export/").send().await.ok(200);
        assert_eq!(export.body["user"]["email"], "sara@example.com");
        assert_eq!(export.body["sessions"].as_array().map(Vec::len), Some(1));
        let text = export.body.to_string();
        assert!(text.contains(PHONE) && !text.contains(OTHER) && !text.contains(&app.code(PHONE).await));
        assert!(!text.contains(&sara.refresh));
    }
}

api_test! {
    async fn who_erases_their_account_is_gone_and_may_come_back_as_somebody_new(app) {
        let sara = app.customer(PHONE).await;
        sara.call("DELETE", PATH).send().await.ok(204);
        sara.get(PATH).send().await.problem("session-ended");
        sara.refresh().await.problem("session-ended");
        app.advance(61);
        let back = app.customer(PHONE).await;
        assert_eq!(back.session["is_new_user"], true);
        assert_ne!(back.user_id, sara.user_id);
    }
}

api_test! {
    async fn nobody_comes_in_without_a_token(app) {
        for (method, path) in [("GET", PATH), ("PATCH", PATH), ("DELETE", PATH), ("GET", "/api/me/export/")] {
            app.call(method, path).send().await.problem("unauthenticated");
        }
        // Who is nobody is not told what was wrong with the body.
        app.call("PATCH", PATH).json(&json!({ "x": 1 })).send().await.problem("unauthenticated");
        app.post("/api/me/phone/request/").body("{").send().await.problem("unauthenticated");
        app.post("/api/me/phone/verify/").body("{").send().await.problem("unauthenticated");
    }
}
