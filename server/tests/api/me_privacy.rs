//! `/api/me/privacy-requests/` and `/api/me/consents/`, and their pages with JavaScript off.

use serde_json::{Value, json};

use crate::support::{Browser, OTHER, PHONE, TestApp, api_test};

const REQUESTS: &str = "/api/me/privacy-requests/";
const CONSENTS: &str = "/api/me/consents/";

api_test! {
    async fn a_request_is_opened_once_seen_and_taken_back(app) {
        let sara = app.customer(PHONE).await;
        let body = json!({ "kind": "correction", "said": "اسمي مكتوب خطأ" });
        let asked = sara.post(REQUESTS).json(&body).send().await.ok(201).body;
        assert_eq!((&asked["state"], &asked["days_left"], &asked["is_overdue"]), (&json!("open"), &json!(30), &json!(false)));
        let again = sara.post(REQUESTS).json(&json!({ "kind": "correction" })).send().await.ok(201).body;
        assert_eq!(again["id"], asked["id"], "asking twice is asking once");
        app.advance(31 * 86_400);
        let sara = app.customer(PHONE).await;
        let late = &sara.get(REQUESTS).send().await.ok(200).body[0];
        assert_eq!((&late["is_overdue"], &late["days_left"]), (&json!(true), &json!(-2)));

        let path = format!("{REQUESTS}{}/", asked["id"].as_str().expect("an id"));
        app.customer(OTHER).await.call("DELETE", &path).send().await.problem("not-found");
        sara.call("DELETE", &path).send().await.ok(204);
        sara.call("DELETE", &path).send().await.problem("conflict");
        assert_eq!(sara.get(REQUESTS).send().await.ok(200).body[0]["state"], "withdrawn");
    }
}

api_test! {
    async fn a_consent_is_given_and_taken_back_and_the_export_has_the_ledger(app) {
        let sara = app.customer(PHONE).await;
        let before = sara.get(CONSENTS).send().await.ok(200).body;
        let marketing = |body: &Value| {
            let all = body["in_force"].as_array().expect("a list").clone();
            all.into_iter().find(|one| one["purpose"] == "marketing_sms").expect("it is there")
        };
        assert_eq!((&marketing(&before)["is_granted"], &before["ledger"]), (&json!(false), &json!([])));
        assert!(marketing(&before)["wording"].as_str().is_some_and(|words| words.contains("رسائل نصية")));
        for is_granted in [true, true, false] {
            let body = json!({ "purpose": "marketing_sms", "is_granted": is_granted });
            let after = sara.post(CONSENTS).json(&body).send().await.ok(200).body;
            assert_eq!(marketing(&after)["is_granted"], is_granted);
        }
        let data = sara.get("/api/me/export/").send().await.ok(200).body;
        let lines: Vec<_> = data["consents"].as_array().expect("a list").iter().map(|line| line["is_granted"].clone()).collect();
        assert_eq!(lines, [json!(false), json!(true)]);
        assert_eq!((&data["consents"][0]["source"], &data["consents"][0]["wording_version"]), (&json!("api"), &json!(1)));
        assert_eq!(data["privacy_requests"], json!([]));
    }
}

#[tokio::test]
async fn what_is_not_offered_is_refused_by_name() {
    let app = TestApp::sqlite().await;
    let sara = app.customer(PHONE).await;
    let found = async |path: &str, body: Value| sara.post(path).json(&body).send().await.problem("validation").errors();
    let error = |pointer: &str, code: &str| (pointer.to_owned(), code.to_owned());
    let refused = found(REQUESTS, json!({ "kind": "all", "state": "done" })).await;
    assert_eq!(refused, [error("/kind", "not_offered"), error("/state", "unknown")]);
    let long = json!({ "kind": "access", "said": "س".repeat(501) });
    assert_eq!(found(REQUESTS, long).await, [error("/said", "too_long")]);
    let refused = found(CONSENTS, json!({ "purpose": "marketing" })).await;
    assert_eq!(refused, [error("/purpose", "not_offered"), error("/is_granted", "required")]);
    app.get(REQUESTS).send().await.problem("unauthenticated");
    app.post(CONSENTS).json(&json!({})).send().await.problem("unauthenticated");
}

api_test! {
    async fn the_pages_ask_agree_and_take_back_without_javascript(app) {
        let mut browser = Browser::default();
        browser.sign_in(&app, PHONE).await;
        let welcome = browser.get(&app, "/welcome").await.ok(200).html();
        assert!(welcome.contains("name=\"marketing\"") && !welcome.contains("checked"), "never ticked beforehand");
        browser.submit(&app, "/sf/save-name", "given_name=").await;
        assert!(browser.get(&app, "/account").await.ok(200).html().contains("لم توافق."), "not ticking is no consent");
        browser.submit(&app, "/sf/save-name", "given_name=&marketing=yes").await;
        let account = browser.get(&app, "/account").await.ok(200).html();
        assert!(account.contains("اسحب موافقتي") && account.contains("/account/privacy"));

        let back = browser.submit(&app, "/sf/say-consent", "purpose=marketing_sms&is_granted=no&page=/account/privacy").await;
        assert_eq!((back.status.as_u16(), back.header("location")), (303, "/account/privacy"));
        let page = browser.get(&app, "/account/privacy").await.ok(200).html();
        assert!(page.contains("صفحة الترحيب") && page.contains("صفحة الحساب"), "{page}");
        browser.submit(&app, "/sf/open-privacy-request", "kind=objection&said=%3Cb%3Ex").await;
        let page = browser.get(&app, "/account/privacy").await.ok(200).html();
        assert!(page.contains("وصل طلبك") && page.contains("بقي 30 يومًا") && page.contains("&lt;b&gt;x") && !page.contains("<b>"));
        let data = browser.get(&app, "/account/data").await.ok(200).html();
        assert!(data.contains("الاعتراض") && data.contains("بانتظار البدء"));
        let id = page.split("name=\"id\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a form");
        browser.submit(&app, "/sf/withdraw-privacy-request", &format!("id={id}")).await;
        assert!(browser.get(&app, "/account/privacy").await.ok(200).html().contains("مسحوب"));
        let elsewhere = browser.submit(&app, "/sf/say-consent", "purpose=marketing_sms&is_granted=yes&page=//evil.example").await;
        assert_eq!(elsewhere.header("location"), "/account");
        let nothing = browser.submit(&app, "/sf/withdraw-privacy-request", "id=x").await;
        assert_eq!(nothing.header("location"), "/account/privacy");
    }
}
