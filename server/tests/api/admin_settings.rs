//! `/api/admin/settings/` and `/admin/settings`

use domain::role::Role;
use serde_json::json;

use crate::support::{ADMIN, Browser, PHONE, TestApp, api_test};

const PATH: &str = "/api/admin/settings/";

api_test! {
    async fn settings_change_in_every_process_and_come_back(app) {
        app.get(PATH).send().await.problem("unauthenticated");
        let customer = app.customer(PHONE).await;
        customer.get(PATH).send().await.problem("forbidden");
        let admin = app.admin().await;
        let before = admin.get(PATH).send().await.ok(200);
        assert_eq!((&before.body["version"], &before.body["changed_by"]), (&json!(0), &json!(null)));

        let other = app.beside("").await;
        let change = json!({ "version": 0, "settings": { "otp.code_length": 8 } });
        customer.call("PATCH", PATH).json(&change).send().await.problem("forbidden");
        let after = admin.call("PATCH", PATH).json(&change).send().await.ok(200);
        assert_eq!((&after.body["version"], &after.body["changed_by"]), (&json!(1), &json!(admin.user_id)));
        assert!(after.body["guess_chance"].as_f64() < before.body["guess_chance"].as_f64());
        admin.call("PATCH", PATH).json(&change).send().await.problem("conflict");
        other.uc.follow_live_settings().await.expect("looks");
        app.advance(61);
        other.challenge("+966551234567").await;
        assert_eq!(other.code("+966551234567").await.len(), 8);

        let back = json!({ "version": 1, "settings": { "otp.code_length": null } });
        let answer = admin.call("PATCH", PATH).json(&back).send().await.ok(200);
        assert!(answer.body["settings"].as_array().expect("a list").iter().all(|setting| setting["is_set"] == json!(false)));
        let audit = admin.get("/api/admin/audit/?action=settings_changed").send().await.ok(200);
        assert_eq!(audit.body["items"][1]["detail"], json!({ "otp.code_length": { "from": 6, "to": 8 } }));
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_by_name_and_an_old_factor_changes_nothing() {
    let app = TestApp::sqlite().await;
    let admin = app.admin().await;
    let change =
        json!({ "settings": { "otp.code_length": 5, "phones.countries": [], "otp.later": 1, "phones.only_saudi": "on" } });
    let answer = admin.call("PATCH", PATH).json(&change).send().await.problem("validation");
    let pointers: Vec<_> = answer.errors().into_iter().map(|(pointer, code)| format!("{pointer} {code}")).collect();
    for wrong in [
        "/version required",
        "/settings/otp.code_length not_offered",
        "/settings/phones.countries required",
        "/settings/otp.later unknown",
        "/settings/phones.only_saudi invalid",
    ] {
        assert!(pointers.contains(&wrong.to_owned()), "{wrong}: {pointers:?}");
    }
    app.advance(601);
    let late = json!({ "version": 0, "settings": { "otp.code_length": 8 } });
    admin.call("PATCH", PATH).json(&late).send().await.problem("fresh-authentication-required");
}

api_test! {
    async fn the_page_shows_the_effect_before_anything_is_saved(app) {
        let mut browser = Browser::default();
        browser.sign_in(&app, ADMIN).await;
        app.uc.grant_role(ADMIN, Role::PlatformAdmin).await.expect("granted");
        browser.enrol(&app).await;
        let form = browser.get(&app, "/admin/settings").await.ok(200).html();
        assert!(form.contains("name=\"otp.code_length\"") && form.contains("value=\"6\""), "{form}");
        let query = "version=0&phones.only_saudi=on&otp.code_length=%D9%A8";
        let review = browser.get(&app, &format!("/admin/settings/review?{query}")).await.ok(200).html();
        assert!(review.contains("/sf/admin-change-settings") && review.contains("0.0325 %"), "{review}");
        assert_eq!(app.uc.settings().otp.rules.code_lengths.usual.digits(), 6, "nothing is saved");
        let body = format!("version=0&changes={}", query.replace('%', "%25").replace('&', "%26").replace('=', "%3D"));
        let saved = browser.submit(&app, "/sf/admin-change-settings", &body).await;
        assert_eq!((saved.status.as_u16(), saved.header("location")), (303, "/admin/settings"));
        assert_eq!(app.uc.settings().otp.rules.code_lengths.usual.digits(), 8);
        assert!(app.uc.settings().phones.only_saudi);
        let page = browser.get(&app, "/admin/settings").await.ok(200).html();
        assert!(page.contains("role=\"status\"") && page.contains("reset=yes"), "{page}");
        assert_eq!(browser.get(&app, &format!("/admin/settings/review?{query}")).await.status, 409, "of a version that is gone");
        assert_eq!(browser.get(&app, "/admin/settings/review?otp.code_length=99").await.status, 422);
        let easy = "/admin/settings/review?otp.guesses_per_phone_day=300&otp.sends_per_phone_day=300&otp.max_attempts=20";
        browser.get(&app, easy).await.ok(200);
        app.advance(601);
        let late = browser.submit(&app, "/sf/admin-change-settings", "version=1&changes=reset%3Dyes").await;
        assert_eq!(late.header("location"), "/admin/verify?next=/admin/settings/review%3Freset%3Dyes");
    }
}
