//! `/api/me/notices/`

use serde_json::{Value, json};

use crate::support::{Customer, OTHER, PHONE, api_test};

const PATH: &str = "/api/me/notices/";
const SEEN: &str = "/api/me/notices/seen/";

async fn told(customer: &Customer) -> Vec<Value> {
    customer.get(PATH).send().await.ok(200).body.as_array().expect("a list").clone()
}

api_test! {
    async fn a_new_device_is_told_to_the_older_ones_until_they_put_it_away(app) {
        let first = app.customer(PHONE).await;
        app.advance(61);
        let second = app.customer(PHONE).await;
        app.customer(OTHER).await;
        assert_eq!(told(&second).await, [] as [Value; 0]);
        let listed = told(&first).await;
        assert_eq!(listed.len(), 1);
        assert_eq!(listed[0]["kind"], "new_device_signed_in");
        assert_eq!(listed[0]["session"]["id"], second.session_id.as_str());
        assert_eq!(listed[0]["session"]["is_alive"], true);
        assert!(listed[0]["moved_from"].is_null());

        // Who came unasked cannot hide that they came.
        let all = json!({ "until": "2999-01-01T00:00:00Z" });
        second.post(SEEN).json(&all).send().await.ok(204);
        assert_eq!(told(&first).await.len(), 1);
        let end = format!("/api/auth/sessions/{}/", second.session_id);
        first.call("DELETE", &end).send().await.ok(204);
        assert_eq!(told(&first).await[0]["session"]["is_alive"], false);
        first.post(SEEN).json(&json!({ "until": listed[0]["at"] })).send().await.ok(204);
        assert_eq!(told(&first).await, [] as [Value; 0]);
    }
}

api_test! {
    async fn an_erased_number_comes_back_without_its_past(app) {
        let first = app.customer(PHONE).await;
        app.advance(61);
        let second = app.customer(PHONE).await;
        assert_eq!(told(&first).await.len(), 1);
        second.call("DELETE", "/api/me/").send().await.ok(204);
        app.advance(61);
        assert_eq!(told(&app.customer(PHONE).await).await, [] as [Value; 0]);
    }
}

api_test! {
    async fn up_to_when_must_be_an_instant(app) {
        let sara = app.customer(PHONE).await;
        for (body, code) in [
            (json!({}), "required"),
            (json!({ "until": null }), "required"),
            (json!({ "until": "yesterday" }), "invalid"),
            (json!({ "until": 5 }), "invalid"),
        ] {
            let answer = sara.post(SEEN).json(&body).send().await.problem("validation");
            assert_eq!(answer.errors(), [("/until".to_owned(), code.to_owned())], "{body}");
        }
    }
}

api_test! {
    async fn nobody_comes_in_without_a_token(app) {
        app.get(PATH).send().await.problem("unauthenticated");
        app.post(SEEN).body("{").send().await.problem("unauthenticated");
    }
}
