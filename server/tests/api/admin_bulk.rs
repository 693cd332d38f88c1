//! Acts on many people: `/admin/bulk/{id}` and `/admin/users/export.csv` with JavaScript off, `/api/admin/bulk-runs/` and
//! `/api/admin/users/export/`.

use domain::role::Role;
use serde_json::{Value, json};

use crate::support::{ADMIN, Browser, OTHER, PHONE, TestApp, api_test};

const FILE: &str = "/api/admin/users/export/";

api_test! {
    async fn those_who_are_ticked_are_blocked_after_being_asked_once_more(app) {
        let mut browser = app.boss().await;
        let sara = app.customer(PHONE).await;
        let other = app.customer(OTHER).await;
        let list = browser.get(&app, "/admin/users").await.ok(200).html();
        assert_eq!(list.matches("name=\"person[]\"").count(), 3);
        let nobody = browser.submit(&app, "/sf/admin-prepare-bulk", "act=block&whom=ticked&here=/admin/users%3Fq%3D05").await;
        assert_eq!(nobody.header("location"), "/admin/users?q=05");
        assert!(browser.get(&app, "/admin/users?q=05").await.ok(200).html().contains("لم تحدّد أحدًا"));

        let form = format!("act=block&whom=ticked&person%5B%5D={}&person%5B%5D={}&here=/admin/users", sara.user_id, other.user_id);
        let asked = browser.submit(&app, "/sf/admin-prepare-bulk", &form).await;
        let run = asked.header("location").to_owned();
        assert!(run.starts_with("/admin/bulk/"), "{run}");
        let page = browser.get(&app, &run).await.ok(200).html();
        assert!(page.contains("سيشمل: شخصان") && page.contains("050 123 4567"), "{page}");
        assert!(sara.is_alive().await, "nothing is done yet");

        let id = run.rsplit('/').next().expect("an id").to_owned();
        let without = browser.submit(&app, "/sf/admin-start-bulk", &format!("run={id}&reason=")).await;
        assert_eq!(without.header("location"), run);
        assert!(browser.get(&app, &run).await.ok(200).html().contains("aria-invalid=\"true\""));
        browser.submit(&app, "/sf/admin-start-bulk", &format!("run={id}&reason=spam")).await;
        let running = browser.get(&app, &run).await.ok(200);
        assert_eq!(running.header("refresh"), "5");
        let still = browser.get(&app, &format!("{run}?still=1")).await.ok(200);
        assert!(!still.headers.contains_key("refresh"));
        app.uc.work_on_bulk(100).await.expect("works");
        let finished = browser.get(&app, &run).await.ok(200);
        assert!(!finished.headers.contains_key("refresh"));
        assert_eq!(finished.html().matches("<td>تمّ</td>").count(), 2);
        assert!(!sara.is_alive().await && !other.is_alive().await);
    }
}

api_test! {
    async fn all_who_match_leave_out_oneself_and_a_customer_reaches_nothing(app) {
        let mut browser = app.boss().await;
        app.customer(PHONE).await;
        let form = "act=end_sessions&whom=matching&here=/admin/users%3Fq%3D05";
        let run = browser.submit(&app, "/sf/admin-prepare-bulk", form).await.header("location").to_owned();
        let page = browser.get(&app, &run).await.ok(200).html();
        assert!(page.contains("سيشمل: شخص واحد") && page.contains("هذا أنت"), "{page}");
        let mut customer = Browser::default();
        app.advance(61);
        customer.sign_in(&app, PHONE).await;
        assert_eq!(customer.get(&app, &run).await.status, 403);
        assert_eq!(customer.get(&app, "/admin/users/export.csv").await.status, 403);
        assert_eq!(browser.get(&app, "/admin/bulk/nothing").await.status, 404);
    }
}

api_test! {
    async fn files_are_for_spreadsheets_or_programs_and_ask_for_the_second_factor_again(app) {
        let mut browser = app.boss().await;
        app.customer(PHONE).await;
        let sheet = browser.get(&app, "/admin/users/export.csv?kind=spreadsheet&q=0501234567").await.ok(200);
        assert_eq!(sheet.header("content-type"), "text/csv; charset=utf-8");
        assert_eq!((sheet.header("cache-control"), sheet.header("content-disposition")), ("no-store", "attachment; filename=\"people.csv\""));
        let text = String::from_utf8(sheet.bytes.clone()).expect("UTF-8");
        assert!(text.starts_with("\u{FEFF}\"رقم الجوال\"") && text.contains("\"050 123 4567\""), "{text}");
        let raw = browser.get(&app, "/admin/users/export.csv?kind=raw&q=0501234567").await.ok(200);
        let text = String::from_utf8(raw.bytes.clone()).expect("UTF-8");
        assert!(text.starts_with("phone,") && text.contains("\r\n+966501234567,"), "{text}");
        assert_eq!(text.lines().count(), 2);
        app.advance(601);
        let away = browser.get(&app, "/admin/users/export.csv?kind=raw&q=05").await;
        assert_eq!(away.header("location"), "/admin/verify?next=/admin/users%3Fq%3D05");
    }
}

#[tokio::test]
async fn the_api_hands_the_same_file_to_those_who_may() {
    let app = TestApp::sqlite().await;
    app.get(FILE).send().await.problem("unauthenticated");
    let customer = app.customer(PHONE).await;
    customer.get(FILE).send().await.problem("forbidden");
    let admin = app.customer(ADMIN).await;
    app.uc.grant_role(ADMIN, Role::PlatformAdmin).await.expect("granted");
    admin.get(FILE).send().await.problem("second-factor-required");
    admin.enrol().await;
    let file = admin.get(FILE).send().await.ok(200);
    assert_eq!(String::from_utf8(file.bytes.clone()).expect("UTF-8").lines().count(), 3);
    let refused = admin.get(&format!("{FILE}?kind=xml")).send().await.problem("validation");
    assert_eq!(refused.errors(), [("/kind".to_owned(), "not_offered".to_owned())]);
    admin.get(&format!("{FILE}?run=00000000-0000-0000-0000-000000000000")).send().await.problem("not-found");
    app.advance(601);
    admin.get(FILE).send().await.problem("fresh-authentication-required");
}

const RUNS: &str = "/api/admin/bulk-runs/";

fn outcomes(run: &Value) -> Vec<(Option<&str>, Option<&str>)> {
    let people = run["people"].as_array().expect("a list");
    people.iter().map(|one| (one["outcome"].as_str(), one["reason"].as_str())).collect()
}

api_test! {
    async fn the_api_chooses_begins_and_reads_what_became_of_them(app) {
        let (sara, other) = (app.customer(PHONE).await, app.customer(OTHER).await);
        app.post(RUNS).json(&json!({})).send().await.problem("unauthenticated");
        sara.post(RUNS).json(&json!({ "act": "block", "people": [other.user_id] })).send().await.problem("forbidden");
        let admin = app.admin().await;
        let people = json!([sara.user_id, admin.user_id, other.user_id]);
        let prepared = admin.post(RUNS).json(&json!({ "act": "block", "people": people })).send().await.ok(201).body;
        assert_eq!((&prepared["state"], &prepared["total"], &prepared["is_own"]), (&json!("prepared"), &json!(3), &json!(true)));
        assert_eq!(outcomes(&prepared), [(None, None), (Some("skipped"), Some("yourself")), (None, None)]);
        assert_eq!(prepared["people"][0]["person"]["phone"], PHONE);
        assert!(sara.is_alive().await, "nothing is done yet");

        let run = format!("{RUNS}{}/", prepared["id"].as_str().expect("an id"));
        let start = format!("{run}start/");
        let refused = admin.post(&start).json(&json!({})).send().await.problem("validation");
        assert_eq!(refused.errors(), [("/reason".to_owned(), "required".to_owned())]);
        sara.post(&start).json(&json!({ "reason": "spam" })).send().await.problem("forbidden");
        let running = admin.post(&start).json(&json!({ "reason": "spam" })).send().await.ok(202);
        assert_eq!(running.text("state"), "running");
        admin.post(&start).json(&json!({ "reason": "spam" })).send().await.ok(202);
        app.uc.work_on_bulk(100).await.expect("works");
        let finished = admin.get(&run).send().await.ok(200).body;
        assert_eq!(finished["state"], "finished");
        assert_eq!(outcomes(&finished), [(Some("done"), None), (Some("skipped"), Some("yourself")), (Some("done"), None)]);
        assert_eq!(finished["people"][0]["person"]["status"], "blocked");
        assert!(!sara.is_alive().await && !other.is_alive().await);
        let rest = admin.get(&format!("{run}?after=1")).send().await.ok(200).body;
        assert_eq!((outcomes(&rest), &rest["next"]), (vec![(Some("done"), None)], &Value::Null));

        let unblock = json!({ "act": "unblock", "matching": { "status": "blocked" } });
        let chosen = admin.post(RUNS).json(&unblock).send().await.ok(201);
        admin.post(&format!("{RUNS}{}/start/", chosen.text("id"))).json(&json!({})).send().await.ok(202);
        app.uc.work_on_bulk(100).await.expect("works");
        let back = admin.get(&format!("/api/admin/users/?q={}", sara.user_id)).send().await.ok(200).body;
        assert_eq!(back["items"][0]["status"], "active");
    }
}

api_test! {
    async fn the_api_ends_sessions_and_hands_out_the_file_of_those_who_were_chosen(app) {
        let sara = app.customer(PHONE).await;
        app.customer(OTHER).await;
        let admin = app.admin().await;
        let asked = json!({ "act": "end_sessions", "matching": { "q": "0501234567" } });
        let run = admin.post(RUNS).json(&asked).send().await.ok(201);
        admin.post(&format!("{RUNS}{}/start/", run.text("id"))).json(&json!({})).send().await.ok(202);
        app.uc.work_on_bulk(100).await.expect("works");
        assert!(!sara.is_alive().await);

        let export = admin.post(RUNS).json(&json!({ "act": "export", "people": [sara.user_id] })).send().await.ok(201);
        let id = export.text("id");
        admin.post(&format!("{RUNS}{id}/start/")).json(&json!({})).send().await.problem("conflict");
        let file = admin.get(&format!("{FILE}?run={id}")).send().await.ok(200);
        let text = String::from_utf8(file.bytes.clone()).expect("UTF-8");
        assert!(text.lines().count() == 2 && text.contains(PHONE), "{text}");

        let block = admin.post(RUNS).json(&json!({ "act": "block", "people": [sara.user_id] })).send().await.ok(201).text("id");
        app.advance(601);
        let late = admin.post(&format!("{RUNS}{block}/start/")).json(&json!({ "reason": "spam" })).send().await;
        late.problem("fresh-authentication-required");
    }
}

api_test! {
    async fn the_api_names_what_is_wrong_with_a_choice(app) {
        let admin = app.admin().await;
        let nobody = "00000000-0000-0000-0000-000000000000";
        for (body, expected) in [
            (json!({ "people": [nobody] }), vec![("/act", "required")]),
            (json!({ "act": "erase", "people": [nobody] }), vec![("/act", "not_offered")]),
            (json!({ "act": "block" }), vec![("/people", "required")]),
            (json!({ "act": "block", "people": [] }), vec![("/people", "required")]),
            (json!({ "act": "block", "people": ["7F3K"] }), vec![("/people", "invalid")]),
            (json!({ "act": "block", "people": [nobody], "matching": {} }), vec![("/matching", "invalid")]),
            (json!({ "act": "block", "matching": { "status": "gone", "after": "x" } }), vec![("/matching/status", "not_offered"), ("/matching/after", "unknown")]),
        ] {
            let errors = admin.post(RUNS).json(&body).send().await.problem("validation").errors();
            let mut errors: Vec<_> = errors.iter().map(|(pointer, code)| (pointer.as_str(), code.as_str())).collect();
            let mut expected = expected;
            errors.sort_unstable();
            errors.dedup();
            expected.sort_unstable();
            assert_eq!(errors, expected, "{body}");
        }
        let gone = format!("{RUNS}{nobody}/");
        admin.get(&gone).send().await.problem("not-found");
        admin.get(&format!("{RUNS}x/")).send().await.problem("not-found");
        admin.post(&format!("{gone}start/")).json(&json!({})).send().await.problem("not-found");
    }
}
