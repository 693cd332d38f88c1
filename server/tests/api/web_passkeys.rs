//! The pages of passkeys. What their script does, the test does.

use serde_json::{Value, json};
use usecases::testing::SoftAuthenticator;

use crate::support::{Answer, Browser, PHONE, TestApp, api_test};

fn authenticator() -> SoftAuthenticator {
    SoftAuthenticator::new(1, "http://localhost:3000")
}

fn leads_to(answer: &Answer) -> (u16, &str) {
    (answer.status.as_u16(), answer.header("location"))
}

/// A form as it is sent.
fn form(begun: &Value, credential: &Value, more: &str) -> String {
    let encoded: String = credential.to_string().bytes().fold(String::new(), |text, byte| text + &format!("%{byte:02X}"));
    format!("ceremony={}&credential={encoded}{more}", begun["ceremony"].as_str().expect("an id"))
}

async fn add(browser: &mut Browser, app: &TestApp, key: &mut SoftAuthenticator, more: &str) -> Answer {
    let begun = browser.submit(app, "/passkeys/add", "").await.ok(200).body;
    let credential = key.make(&begun["options"]);
    browser.submit(app, "/sf/add-passkey", &form(&begun, &credential, more)).await
}

api_test! {
    async fn a_passkey_is_added_on_the_accounts_page_and_signs_in_from_then_on(app) {
        let mut browser = Browser::default();
        browser.sign_in(&app, PHONE).await;
        assert!(browser.get(&app, "/account").await.ok(200).html().contains("/account/passkeys"));
        let page = browser.get(&app, "/account/passkeys").await.ok(200).html();
        assert!(page.contains("data-domain=\"localhost\"") && page.contains("<noscript>"));
        let mut key = authenticator();
        let added = add(&mut browser, &app, &mut key, "&name=Sara%27s+phone").await;
        assert_eq!(leads_to(&added), (303, "/admin/enrol/codes"), "the first factor comes with recovery codes");
        browser.get(&app, "/admin/enrol/codes").await.ok(200);
        assert_eq!(leads_to(&browser.submit(&app, "/sf/put-codes-away", "").await), (303, "/account/passkeys"));
        assert!(browser.get(&app, "/account/passkeys").await.ok(200).html().contains("<bdi>Sara"));

        let mut other = Browser::default();
        let login = other.get(&app, "/login?next=/account/sessions").await.ok(200).html();
        assert!(login.contains("/sf/sign-in-with-passkey") && login.contains("data-options=\"/passkeys/sign-in\""));
        let begun = other.submit(&app, "/passkeys/sign-in", "").await.ok(200).body;
        let filled = form(&begun, &key.show(&begun["options"]), "&next=/account/sessions");
        let signed_in = other.submit(&app, "/sf/sign-in-with-passkey", &filled).await;
        assert_eq!(leads_to(&signed_in), (303, "/account/sessions"));
        other.get(&app, "/account/sessions").await.ok(200);
        // It was the second factor as well.
        other.get(&app, "/admin/enrol").await.ok(200);
        assert!(browser.get(&app, "/account").await.html().contains("/sf/put-notices-away"), "a new device is told");

        let mut third = Browser::default();
        let again = third.submit(&app, "/sf/sign-in-with-passkey", &filled).await;
        assert_eq!(leads_to(&again), (303, "/login"));
        assert!(third.get(&app, "/login").await.ok(200).html().contains("لم يُقبل مفتاح المرور"));
    }
}

api_test! {
    async fn a_passkey_alone_opens_what_needs_a_second_factor(app) {
        let mut browser = Browser::default();
        browser.sign_in(&app, PHONE).await;
        let page = browser.get(&app, "/admin/enrol").await.ok(200).html();
        let (passkey, totp) = (page.find("/sf/add-passkey").expect("offered"), page.find("/sf/begin-enrolment").expect("offered"));
        assert!(passkey < totp, "the passkey first");
        let mut key = authenticator();
        add(&mut browser, &app, &mut key, "&is_factor=true").await;
        app.advance(61);
        let mut other = Browser::default();
        other.sign_in(&app, PHONE).await;
        assert_eq!(leads_to(&other.get(&app, "/admin/enrol").await), (303, "/admin/verify?next=/admin/enrol"));
        let page = other.get(&app, "/admin/verify?next=/admin/enrol").await.ok(200).html();
        assert!(page.contains("/sf/show-passkey") && !page.contains("id=\"code\"") && page.contains("id=\"recovery\""));
        let begun = other.submit(&app, "/passkeys/show", "").await.ok(200).body;
        let mut elsewhere = key.clone();
        "https://evil.example".clone_into(&mut elsewhere.origin);
        let refused = other.submit(&app, "/sf/show-passkey", &form(&begun, &elsewhere.show(&begun["options"]), "")).await;
        assert_eq!(leads_to(&refused), (303, "/admin/verify"));
        assert!(other.get(&app, "/admin/verify").await.html().contains("role=\"alert\""));
        let begun = other.submit(&app, "/passkeys/show", "").await.ok(200).body;
        let shown = other.submit(&app, "/sf/show-passkey", &form(&begun, &key.show(&begun["options"]), "")).await;
        assert_eq!(leads_to(&shown), (303, "/admin/enrol"));
        assert!(other.get(&app, "/admin/enrol").await.ok(200).html().contains("/account/passkeys"));
    }
}

api_test! {
    async fn who_has_to_go_somewhere_first_is_told_where(app) {
        let mut browser = Browser::default();
        let begun = browser.submit(&app, "/passkeys/add", "").await;
        assert_eq!((begun.status.as_u16(), &begun.body), (403, &json!({ "go": "/login?next=/account/passkeys" })));
        browser.sign_in(&app, PHONE).await;
        app.advance(601);
        let begun = browser.submit(&app, "/passkeys/add", "").await;
        assert_eq!(begun.body, json!({ "go": "/login" }));
        assert!(browser.get(&app, "/login").await.ok(200).html().contains("/sf/request-code"));
        browser.sign_in(&app, PHONE).await;
        let mut key = authenticator();
        add(&mut browser, &app, &mut key, "").await;
        app.advance(601);
        let begun = browser.submit(&app, "/passkeys/enrol", "").await;
        assert_eq!(begun.body, json!({ "go": "/admin/verify?next=/admin/enrol" }));
        let removed = browser.submit(&app, "/sf/remove-passkey", "passkey=01936f5e-0000-7000-8000-000000000000").await;
        assert_eq!(leads_to(&removed), (303, "/admin/verify?next=/account/passkeys"));
        assert_eq!(browser.submit(&app, "/passkeys/another", "").await.status, 404);
        let foreign = app.post("/passkeys/sign-in").header("sec-fetch-site", "cross-site").send().await;
        assert_eq!(foreign.status, 403);
    }
}

api_test! {
    async fn a_passkey_is_removed_and_without_a_script_nothing_is_broken(app) {
        let mut browser = Browser::default();
        browser.sign_in(&app, PHONE).await;
        let mut key = authenticator();
        add(&mut browser, &app, &mut key, "&name=Phone").await;
        let page = browser.get(&app, "/account/passkeys").await.ok(200).html();
        let id = page.split("name=\"passkey\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an id").to_owned();
        for path in ["/sf/add-passkey", "/sf/show-passkey", "/sf/sign-in-with-passkey"] {
            assert_eq!(browser.submit(&app, path, "ceremony=&credential=").await.status, 303, "{path}");
        }
        let renamed = browser.submit(&app, "/sf/rename-passkey", &format!("passkey={id}&name=Laptop")).await;
        assert_eq!(leads_to(&renamed), (303, "/account/passkeys"));
        let page = browser.get(&app, "/account/passkeys").await.ok(200).html();
        assert!(page.contains("<bdi>Laptop</bdi>") && page.contains("role=\"status\""), "{page}");
        browser.submit(&app, "/sf/rename-passkey", &format!("passkey={id}&name=+")).await;
        let page = browser.get(&app, "/account/passkeys").await.ok(200).html();
        assert!(page.contains("<bdi>Laptop</bdi>") && page.contains("role=\"alert\""), "{page}");
        let removed = browser.submit(&app, "/sf/remove-passkey", &format!("passkey={id}")).await;
        assert_eq!(leads_to(&removed), (303, "/account/passkeys"));
        let page = browser.get(&app, "/account/passkeys").await.ok(200).html();
        assert!(page.contains("role=\"status\"") && !page.contains("name=\"passkey\""));
        let begun = browser.submit(&app, "/passkeys/sign-in", "").await.ok(200).body;
        let late = browser.submit(&app, "/sf/sign-in-with-passkey", &form(&begun, &key.show(&begun["options"]), "")).await;
        assert_eq!(leads_to(&late), (303, "/login"));
    }
}
