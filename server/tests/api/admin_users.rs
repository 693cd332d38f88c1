//! `/api/admin/users/` and `/admin/users`

use domain::role::Role;
use serde_json::json;

use crate::support::{ADMIN, Browser, Customer, OTHER, PHONE, TestApp, api_test};

const PATH: &str = "/api/admin/users/";

/// Phones of those who are found.
async fn found(admin: &Customer, query: &str) -> Vec<String> {
    let answer = admin.get(&format!("{PATH}?{query}")).send().await.ok(200);
    let items = answer.body["items"].as_array().expect("a list");
    items.iter().map(|item| item["phone"].as_str().expect("a phone").to_owned()).collect()
}

api_test! {
    async fn the_list_is_for_those_who_run_the_platform(app) {
        app.get(PATH).send().await.problem("unauthenticated");
        let customer = app.customer(PHONE).await;
        customer.get(PATH).send().await.problem("forbidden");
        for (number, role) in Role::ALL.into_iter().enumerate() {
            let phone = format!("+96650000001{number}");
            let person = app.customer(&phone).await;
            app.uc.grant_role(&phone, role).await.expect("granted");
            person.get(PATH).send().await.problem("second-factor-required");
            person.enrol().await;
            let answer = person.get(PATH).send().await;
            match role {
                Role::PlatformAdmin => drop(answer.ok(200)),
                Role::Owner | Role::Manager | Role::Reception | Role::Stylist => drop(answer.problem("forbidden")),
            }
        }
    }
}

api_test! {
    async fn an_admin_finds_people_by_any_spelling_and_is_told_what_was_understood(app) {
        let admin = app.admin().await;
        app.advance(1);
        let sara = app.customer(PHONE).await;
        app.advance(1);
        sara.call("PATCH", "/api/me/").json(&json!({ "given_name": "سارة", "family_name": "العتيبي" })).send().await.ok(200);
        app.uc.add_user(OTHER).await.expect("added");

        assert_eq!(found(&admin, "").await, [PHONE, ADMIN], "the pending are hidden");
        assert_eq!(found(&admin, "status=any").await, [OTHER, PHONE, ADMIN]);
        assert_eq!(found(&admin, "status=pending").await, [OTHER]);
        assert_eq!(found(&admin, "role=platform_admin").await, [ADMIN]);
        assert_eq!(found(&admin, "has_name=yes").await, [PHONE]);
        for (typed, kind) in [
            ("0501234567", "phone"),
            ("%2B966%2050%20123%204567", "phone"),
            ("+966501234567", "phone"),
            ("%D9%A0%D9%A5%D9%A0%D9%A1%D9%A2%D9%A3%D9%A4%D9%A5%D9%A6%D9%A7", "phone"),
            ("050123", "phone_prefix"),
            ("4567", "phone_tail"),
            ("%D8%B3%D8%A7%D8%B1%D9%87", "name"),
            ("%D8%A7%D9%84%D8%B9%D8%AA", "name"),
        ] {
            let answer = admin.get(&format!("{PATH}?q={typed}")).send().await.ok(200);
            assert_eq!(answer.body["understood"]["kind"], kind, "{typed}");
            let item = &answer.body["items"][0];
            assert_eq!((&item["phone"], &item["display_name"]), (&json!(PHONE), &json!("سارة العتيبي")), "{typed}");
            assert_eq!(item["status"], "active");
        }
        assert_eq!(found(&admin, &format!("q={}", sara.user_id)).await, [PHONE]);
        let nobody = admin.get(&format!("{PATH}?q=0555555555")).send().await.ok(200);
        assert_eq!((&nobody.body["addable"], &nobody.body["next"]), (&json!("+966555555555"), &json!(null)));
    }
}

#[tokio::test]
async fn what_is_not_offered_is_refused_by_name() {
    let app = TestApp::sqlite().await;
    let admin = app.admin().await;
    let answer = admin.get(&format!("{PATH}?role=king&page=2&after=x")).send().await.problem("validation");
    let named = [("/role", "not_offered"), ("/after", "invalid"), ("/page", "unknown")];
    assert_eq!(answer.errors(), named.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
}

#[tokio::test]
async fn a_role_taken_or_a_block_bites_at_once() {
    let app = TestApp::sqlite().await;
    let admin = app.admin().await;
    admin.get(PATH).send().await.ok(200);
    app.uc.block_user(ADMIN, true).await.expect("blocked");
    admin.get(PATH).send().await.problem("session-ended");
}

api_test! {
    async fn the_page_shows_each_phone_once_and_adds_who_is_missing(app) {
        let mut browser = Browser::default();
        browser.sign_in(&app, ADMIN).await;
        assert_eq!(browser.get(&app, "/admin/users").await.status, 403, "a customer");
        app.uc.grant_role(ADMIN, Role::PlatformAdmin).await.expect("granted");
        let away = browser.get(&app, "/admin/users?q=05").await;
        assert_eq!(away.header("location"), "/admin/verify?next=/admin/users%3Fq%3D05");
        browser.enrol(&app).await;
        assert_eq!(browser.get(&app, "/admin").await.header("location"), "/admin/users");
        app.customer(PHONE).await;

        let list = browser.get(&app, "/admin/users?q=0501&status=active").await.ok(200).html();
        assert_eq!(list.matches("050 123 4567").count(), 1, "{list}");
        assert!(list.contains("+966501<") && list.contains("selected"));

        let empty = browser.get(&app, "/admin/users?q=055+123+4567").await.ok(200).html();
        assert!(empty.contains("/sf/admin-add-user") && empty.contains("value=\"+966551234567\""));
        let added = browser.submit(&app, "/sf/admin-add-user", "phone=%2B966551234567").await;
        let person = browser.get(&app, added.header("location")).await.ok(200).html();
        assert!(person.contains("055 123 4567"));
        assert_eq!(browser.get(&app, "/admin/users/00000000-0000-0000-0000-000000000000").await.status, 404);
        assert_eq!(browser.get(&app, "/admin/users?role=king").await.status, 422);
    }
}

#[tokio::test]
async fn the_page_sends_strangers_to_the_sign_in_and_back() {
    let app = TestApp::sqlite().await;
    let answer = app.get("/admin/users?q=05").send().await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, "/login?next=/admin/users%3Fq%3D05"));
}

#[tokio::test]
async fn a_customer_adds_nobody_and_markup_in_names_and_searches_stays_text() {
    let app = TestApp::sqlite().await;
    let mut browser = Browser::default();
    browser.sign_in(&app, PHONE).await;
    let refused = browser.submit(&app, "/sf/admin-add-user", "phone=0551234567").await;
    assert_eq!(refused.header("location"), "/admin/users");
    let admin = app.customer(ADMIN).await;
    app.uc.grant_role(ADMIN, Role::PlatformAdmin).await.expect("granted");
    let (totp, _) = admin.enrol().await;
    assert_eq!(found(&admin, "status=pending").await, [""; 0]);
    admin.call("PATCH", "/api/me/").json(&json!({ "given_name": "<b>x" })).send().await.ok(200);
    app.advance(61);
    let mut boss = Browser::default();
    boss.sign_in(&app, ADMIN).await;
    boss.submit(&app, "/sf/show-second-factor", &format!("code={}", totp.code(&app))).await;
    let page = boss.get(&app, "/admin/users?q=%3Cb%3E").await.ok(200).html();
    assert!(!page.contains("<b>") && page.contains("&lt;b&gt;x"), "{page}");
}
