//! `/api/me/second-factor/`

use serde_json::{Value, json};

use crate::support::{Customer, PHONE, api_test, wrong};

const PATH: &str = "/api/me/second-factor/";
const BEGIN: &str = "/api/me/second-factor/totp/";
const CONFIRM: &str = "/api/me/second-factor/totp/confirm/";
const SHOW: &str = "/api/me/second-factor/show/";
const RENEW: &str = "/api/me/second-factor/recovery-codes/";

api_test! {
    async fn an_app_is_set_up_shown_and_given_up(app) {
        let sara = app.customer(PHONE).await;
        let none = json!({ "since": null, "passkeys": 0, "recovery_codes_left": 0, "shown_at": null });
        assert_eq!(sara.get(PATH).send().await.ok(200).body, none);
        let (totp, codes) = sara.enrol().await;
        let held = sara.get(PATH).send().await.ok(200).body;
        assert_eq!((&held["recovery_codes_left"], &held["since"]), (&json!(10), &held["shown_at"]));
        app.advance(61);
        let elsewhere = app.customer(PHONE).await;
        assert_eq!(elsewhere.get(PATH).send().await.ok(200).body["shown_at"], Value::Null);
        for (method, path) in [("DELETE", PATH), ("POST", RENEW), ("POST", BEGIN)] {
            elsewhere.call(method, path).send().await.problem("second-factor-required");
        }
        let code = totp.code(&app);
        let refusal = elsewhere.post(SHOW).json(&json!({ "code": wrong(&code) })).send().await.problem("invalid-code");
        assert_eq!(refusal.body["attempts_remaining"], 9);
        elsewhere.post(SHOW).json(&json!({ "code": code })).send().await.ok(204);
        elsewhere.post(SHOW).json(&json!({ "code": codes[0].to_lowercase() })).send().await.ok(204);
        assert_eq!(elsewhere.post(RENEW).send().await.ok(200).body["recovery_codes"].as_array().map(Vec::len), Some(10));
        elsewhere.post(SHOW).json(&json!({ "code": codes[1] })).send().await.problem("invalid-code");
        elsewhere.call("DELETE", PATH).send().await.ok(204);
        assert_eq!(sara.get(PATH).send().await.ok(200).body, none);
        elsewhere.post(SHOW).json(&json!({ "code": "123456" })).send().await.problem("not-found");
    }
}

api_test! {
    async fn what_is_dangerous_wants_it_again_after_ten_minutes(app) {
        let sara = app.customer(PHONE).await;
        let (totp, _) = sara.enrol().await;
        app.advance(601);
        let sara = Customer::of(&app, &sara.refresh().await.ok(200));
        let refusal = sara.call("DELETE", PATH).send().await.problem("fresh-authentication-required");
        assert!(refusal.header("www-authenticate").contains("insufficient_user_authentication"));
        sara.post(SHOW).json(&json!({ "code": totp.code(&app) })).send().await.ok(204);
        sara.call("DELETE", PATH).send().await.ok(204);
        // Now it is the sign-in that is too old.
        sara.post(BEGIN).send().await.problem("fresh-authentication-required");
    }
}

api_test! {
    async fn wrong_answers_run_out_and_say_until_when(app) {
        let sara = app.customer(PHONE).await;
        let (totp, codes) = sara.enrol().await;
        for left in (0..10).rev() {
            let answer = sara.post(SHOW).json(&json!({ "code": wrong(&totp.code(&app)) })).send().await.problem("invalid-code");
            assert_eq!(answer.body["attempts_remaining"], left);
        }
        let refusal = sara.post(SHOW).json(&json!({ "code": codes[0] })).send().await.problem("quota-exceeded");
        assert_eq!(refusal.body["violated_policies"], json!(["factor-guess"]));
        assert_eq!(refusal.header("retry-after"), "86400");
    }
}

api_test! {
    async fn what_is_no_code_is_refused_by_field_and_nothing_set_up_is_not_found(app) {
        let sara = app.customer(PHONE).await;
        for path in [SHOW, CONFIRM] {
            for (body, code) in [(json!({}), "required"), (json!({ "code": 5 }), "invalid"), (json!({ "code": "open" }), "invalid")] {
                let answer = sara.post(path).json(&body).send().await.problem("validation");
                assert_eq!(answer.errors(), [("/code".to_owned(), code.to_owned())], "{path} {body}");
            }
            sara.post(path).json(&json!({ "code": "123456" })).send().await.problem("not-found");
        }
    }
}

api_test! {
    async fn nobody_comes_in_without_a_token(app) {
        app.get(PATH).send().await.problem("unauthenticated");
        for (method, path) in [("DELETE", PATH), ("POST", BEGIN), ("POST", CONFIRM), ("POST", SHOW), ("POST", RENEW)] {
            app.call(method, path).send().await.problem("unauthenticated");
        }
    }
}
