//! `/api/auth/passkey/`, `/api/me/passkeys/` and the passkey as second factor.

use serde_json::{Value, json};
use usecases::testing::SoftAuthenticator;

use crate::support::{Customer, OTHER, PHONE, TestApp, api_test};

const LIST: &str = "/api/me/passkeys/";
const BEGIN: &str = "/api/me/passkeys/options/";
const SIGN_IN: &str = "/api/auth/passkey/options/";
const VERIFY: &str = "/api/auth/passkey/verify/";
const SHOW_BEGIN: &str = "/api/me/second-factor/passkey/options/";
const SHOW: &str = "/api/me/second-factor/passkey/show/";

/// In a browser at the address that people use.
fn authenticator(number: u8) -> SoftAuthenticator {
    SoftAuthenticator::new(number, "http://localhost:3000")
}

async fn add(sara: &Customer, key: &mut SoftAuthenticator) -> Value {
    let begun = sara.post(BEGIN).send().await.ok(201).body;
    let credential = key.make(&begun["public_key"]);
    let body = json!({ "ceremony_id": begun["ceremony_id"], "credential": credential, "name": "Sara's phone" });
    sara.post(LIST).json(&body).send().await.ok(201).body
}

/// What signs in, for a ceremony of its own.
async fn answer(app: &TestApp, key: &mut SoftAuthenticator) -> Value {
    let begun = app.post(SIGN_IN).send().await.ok(201).body;
    json!({ "ceremony_id": begun["ceremony_id"], "credential": key.show(&begun["public_key"]) })
}

api_test! {
    async fn a_passkey_is_added_signs_in_shows_itself_and_is_removed(app) {
        let sara = app.customer(PHONE).await;
        assert_eq!(sara.get(LIST).send().await.ok(200).body, json!([]));
        let begun = sara.post(BEGIN).send().await.ok(201).body;
        assert_eq!(begun["public_key"]["rp"], json!({ "id": "localhost", "name": "Salon" }));
        assert_eq!(begun["public_key"]["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(begun["public_key"]["authenticatorSelection"]["userVerification"], "required");
        let mut key = authenticator(1);
        let added = add(&sara, &mut key).await;
        assert_eq!(added["recovery_codes"].as_array().map(Vec::len), Some(10));
        assert_eq!(added["passkey"]["name"], "Sara's phone");
        assert_eq!(sara.get(LIST).send().await.ok(200).body, json!([added["passkey"]]));
        app.advance(61);

        let signed_in = app.post(VERIFY).json(&answer(&app, &mut key).await).send().await.ok(200);
        let there = Customer::of(&app, &signed_in);
        assert_eq!((&there.user_id, &signed_in.body["is_new_user"]), (&sara.user_id, &json!(false)));
        let held = there.get("/api/me/second-factor/").send().await.ok(200).body;
        assert_eq!((&held["since"], &held["passkeys"], &held["recovery_codes_left"]), (&Value::Null, &json!(1), &json!(10)));
        assert!(held["shown_at"].is_string());

        let elsewhere = app.customer(PHONE).await;
        let id = added["passkey"]["id"].as_str().expect("an id");
        elsewhere.call("DELETE", &format!("{LIST}{id}/")).send().await.problem("second-factor-required");
        elsewhere.post(BEGIN).send().await.problem("second-factor-required");
        let begun = elsewhere.post(SHOW_BEGIN).send().await.ok(201).body;
        assert_eq!(begun["public_key"]["allowCredentials"].as_array().map(Vec::len), Some(1));
        let shown = json!({ "ceremony_id": begun["ceremony_id"], "credential": key.show(&begun["public_key"]) });
        elsewhere.post(SHOW).json(&shown).send().await.ok(204);
        elsewhere.post(SHOW).json(&shown).send().await.problem("passkey-refused");
        elsewhere.call("DELETE", &format!("{LIST}{id}/")).send().await.ok(204);
        elsewhere.call("DELETE", &format!("{LIST}{id}/")).send().await.problem("second-factor-required");
        app.post(VERIFY).json(&answer(&app, &mut key).await).send().await.problem("passkey-refused");
    }
}

api_test! {
    async fn whatever_is_wrong_with_a_sign_in_the_answer_is_the_same(app) {
        let sara = app.customer(PHONE).await;
        let mut key = authenticator(1);
        add(&sara, &mut key).await;
        let mut refusals = Vec::new();
        let mut unknown = authenticator(2);
        unknown.user_handle.clone_from(&key.user_handle);
        refusals.push(app.post(VERIFY).json(&answer(&app, &mut unknown).await).send().await.problem("passkey-refused"));
        let mut elsewhere = key.clone();
        "https://evil.example".clone_into(&mut elsewhere.origin);
        refusals.push(app.post(VERIFY).json(&answer(&app, &mut elsewhere).await).send().await.problem("passkey-refused"));
        let good = answer(&app, &mut key).await;
        app.post(VERIFY).json(&good).send().await.ok(200);
        refusals.push(app.post(VERIFY).json(&good).send().await.problem("passkey-refused"));
        sara.call("DELETE", "/api/me/").send().await.ok(204);
        refusals.push(app.post(VERIFY).json(&answer(&app, &mut key).await).send().await.problem("passkey-refused"));
        let said = |answer: &crate::support::Answer| {
            let mut body = answer.body.clone();
            body["request_id"] = Value::Null;
            (answer.status, body)
        };
        assert!(refusals.iter().all(|refusal| said(refusal) == said(&refusals[0])));
    }
}

api_test! {
    async fn fields_are_strict_and_the_credential_is_webauthns_own(app) {
        let sara = app.customer(PHONE).await;
        let mut key = authenticator(1);
        add(&sara, &mut key).await;
        let mut good = answer(&app, &mut key).await;
        good["credential"]["authenticatorAttachment"] = "platform".into();
        let mut odd = good.clone();
        odd["more"] = 1.into();
        let refusal = app.post(VERIFY).json(&odd).send().await.problem("validation");
        assert_eq!(refusal.errors(), [("/more".to_owned(), "unknown".to_owned())]);
        for (credential, code) in [(Value::Null, "required"), (json!("text"), "invalid"), (json!({ "id": "x" }), "invalid")] {
            let mut bad = good.clone();
            bad["credential"] = credential;
            for (path, call) in [(VERIFY, app.post(VERIFY)), (SHOW, sara.post(SHOW)), (LIST, sara.post(LIST))] {
                let answer = call.json(&bad).send().await;
                let is_credential = answer.body["code"] == "validation"
                    && answer.errors().contains(&("/credential".to_owned(), code.to_owned()));
                // Of what belongs to no ceremony of this session nothing is read.
                assert!(is_credential || (path == LIST && answer.body["code"] == "passkey-refused"), "{path}: {}", answer.body);
            }
        }
        let twice = format!(
            "{{\"ceremony_id\":{},\"credential\":{{\"id\":\"a\",\"id\":\"b\"}}}}",
            good["ceremony_id"]
        );
        let refusal = app.post(VERIFY).header("content-type", "application/json").body(twice).send().await.problem("validation");
        assert_eq!(refusal.errors(), [("/credential".to_owned(), "invalid".to_owned())]);
        app.post(VERIFY).json(&good).send().await.ok(200);
    }
}

api_test! {
    async fn nobody_comes_in_without_a_token_and_nobody_reaches_anothers_passkeys(app) {
        for (method, path) in [("GET", LIST), ("POST", LIST), ("POST", BEGIN), ("POST", SHOW_BEGIN), ("POST", SHOW)] {
            app.call(method, path).send().await.problem("unauthenticated");
        }
        let (sara, nora) = (app.customer(PHONE).await, app.customer(OTHER).await);
        let id = add(&sara, &mut authenticator(1)).await["passkey"]["id"].as_str().expect("an id").to_owned();
        add(&nora, &mut authenticator(2)).await;
        nora.call("DELETE", &format!("{LIST}{id}/")).send().await.problem("not-found");
        nora.call("DELETE", &format!("{LIST}no-id/")).send().await.problem("not-found");
        assert_eq!(sara.get(LIST).send().await.ok(200).body.as_array().map(Vec::len), Some(1));
    }
}

#[tokio::test]
async fn without_a_domain_there_are_no_passkeys() {
    let app = TestApp::sqlite().await.beside("env = 'production'\n[server]\npublic_url = 'https://203.0.113.7'").await;
    app.post(SIGN_IN).send().await.problem("not-found");
    assert!(!app.get("/login").send().await.html().contains("passkey"));
}
