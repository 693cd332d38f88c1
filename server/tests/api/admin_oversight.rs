//! `/api/admin/audit/`, `/api/admin/messages/`, `/api/admin/abuse/` and their pages.

use domain::role::Role;
use serde_json::json;

use crate::support::{Browser, PHONE, TestApp, api_test};

const LISTS: [&str; 3] = ["/api/admin/audit/", "/api/admin/messages/", "/api/admin/abuse/"];

api_test! {
    async fn they_are_for_those_who_run_the_platform(app) {
        for path in LISTS {
            app.get(path).send().await.problem("unauthenticated");
        }
        let customer = app.customer(PHONE).await;
        let owner = app.customer("+966500000009").await;
        app.uc.grant_role("+966500000009", Role::Owner).await.expect("granted");
        for path in LISTS {
            customer.get(path).send().await.problem("forbidden");
            owner.get(path).send().await.problem("second-factor-required");
        }
        owner.enrol().await;
        let admin = app.admin().await;
        for path in LISTS {
            owner.get(path).send().await.problem("forbidden");
            admin.get(path).send().await.ok(200);
            let answer = admin.get(&format!("{path}?page=2")).send().await.problem("validation");
            assert_eq!(answer.errors(), [("/page".to_owned(), "unknown".to_owned())]);
        }
        let wrong = admin.get("/api/admin/messages/?state=lost&from=yesterday").send().await.problem("validation");
        assert_eq!(wrong.errors().len(), 2);
        admin.get("/api/admin/abuse/?span=year").send().await.problem("validation");
        admin.get("/api/admin/messages/nothing/").send().await.problem("not-found");
    }
}

api_test! {
    async fn the_audit_tells_who_did_what_to_whom(app) {
        let admin = app.admin().await;
        let sara = app.customer(PHONE).await;
        sara.call("PATCH", "/api/me/").json(&json!({ "given_name": "سارة" })).send().await.ok(200);
        app.advance(1);
        app.uc.block_user(PHONE, true).await.expect("blocked");
        let answer = admin.get("/api/admin/audit/?subject=0501234567").send().await.ok(200);
        let first = &answer.body["items"][0];
        assert_eq!((&first["action"], &first["by"], &first["doer"]), (&json!("user_blocked"), &json!("operator"), &json!(null)));
        assert_eq!((&first["subject"]["display_name"], &first["subject"]["id"]), (&json!("سارة"), &json!(sara.user_id)));
        let nobody = admin.get("/api/admin/audit/?doer=0509999999").send().await.ok(200);
        assert_eq!((&nobody.body["unmatched"], &nobody.body["items"]), (&json!(["doer"]), &json!([])));
    }
}

api_test! {
    async fn a_masked_number_has_no_more_digits_anywhere_until_it_is_asked_for(app) {
        let admin = app.admin().await;
        app.customer(PHONE).await;
        let answer = admin.get("/api/admin/messages/?phone=0501234567").send().await.ok(200);
        let message = &answer.body["items"][0];
        assert_eq!((&message["phone"], &message["state"]), (&json!("05• ••• 4567"), &json!("sent")));
        let id = message["id"].as_str().expect("an id");
        let whole = admin.get(&format!("/api/admin/messages/{id}/")).send().await.ok(200);
        for text in [answer.body.to_string(), whole.body.to_string()] {
            for digits in ["501234567", "0501234", "123 4567", "1234567"] {
                assert!(!text.contains(digits), "{digits}: {text}");
            }
        }
        assert!(whole.body["body"].as_str().is_some_and(|body| body.contains("••••••")), "{}", whole.body);
        let shown = admin.post(&format!("/api/admin/messages/{id}/show-number/")).send().await.ok(200);
        assert_eq!(shown.body, json!({ "phone": PHONE }));
        let audit = admin.get("/api/admin/audit/?action=number_shown").send().await.ok(200);
        assert_eq!(audit.body["items"].as_array().map(Vec::len), Some(1));
    }
}

api_test! {
    async fn the_pages_work_without_javascript_and_show_a_number_once_it_is_asked_for(app) {
        app.customer(PHONE).await;
        let mut browser = app.boss().await;
        let audit = browser.get(&app, "/admin/audit?subject=0501234567").await.ok(200).html();
        assert!(audit.contains("<table") && audit.contains("aria-current=\"page\""), "{audit}");
        let unmatched = browser.get(&app, "/admin/audit?subject=0509999999").await.ok(200).html();
        assert!(unmatched.contains("id=\"subject-error\""), "{unmatched}");
        assert_eq!(browser.get(&app, "/admin/audit?from=x").await.status, 422);

        let log = browser.get(&app, "/admin/messages?state=sent&kind=auth_code").await.ok(200).html();
        assert!(log.contains("05• ••• 4567") && !log.contains("1234567") && !log.contains("123 4567"), "{log}");
        let place = log.find("/admin/messages/0").expect("a link to one");
        let message: String = log[place..].chars().take_while(|c| *c != '"').collect();
        let id = message.rsplit('/').next().expect("an id").to_owned();
        let page = browser.get(&app, &message).await.ok(200).html();
        assert!(page.contains("••••••") && page.contains("/sf/admin-show-number"), "{page}");
        let answer = browser.submit(&app, "/sf/admin-show-number", &format!("id={id}")).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, &*message));
        let shown = browser.get(&app, &message).await.ok(200).html();
        assert!(!shown.contains("/sf/admin-show-number"), "{shown}");
        assert!(shown.contains("050 123 4567") || shown.contains("050 000 0001"), "{shown}");

        let abuse = browser.get(&app, "/admin/abuse?span=hour").await.ok(200).html();
        assert!(abuse.contains("role=\"img\"") && abuse.matches("<table").count() == 5, "{abuse}");
        assert!(!abuse.contains("501234567"), "{abuse}");
        assert_eq!(browser.get(&app, "/admin/abuse?span=year").await.status, 422);
        assert_eq!(browser.get(&app, "/admin/messages/nothing").await.status, 404);
    }
}

#[tokio::test]
async fn the_pages_are_for_those_who_run_the_platform() {
    let app = TestApp::sqlite().await;
    let mut browser = Browser::default();
    browser.sign_in(&app, PHONE).await;
    app.uc.grant_role(PHONE, Role::Owner).await.expect("granted");
    browser.enrol(&app).await;
    for path in ["/admin/audit", "/admin/messages", "/admin/abuse", "/admin/settings", "/admin/settings/review"] {
        assert_eq!(app.get(path).send().await.status, 303, "{path}: a stranger");
        assert_eq!(browser.get(&app, path).await.status, 403, "{path}: an owner of a salon");
    }
}
