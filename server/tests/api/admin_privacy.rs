//! `/api/admin/privacy-requests/`, export, erasure, consents and retention of an admin, and their pages with JavaScript off.

use domain::role::Role;
use serde_json::{Value, json};

use crate::support::{ADMIN, Browser, Customer, OTHER, PHONE, api_test};

const REQUESTS: &str = "/api/admin/privacy-requests/";

/// The last four characters of the id in the alphabet of short ids, as the list says them.
async fn short_id(admin: &Customer, of: &Customer) -> String {
    let found = admin.get(&format!("/api/admin/users/?q={}", of.user_id)).send().await.ok(200);
    found.body["items"][0]["short_id"].as_str().expect("a short id").to_owned()
}

api_test! {
    async fn a_request_is_answered_from_the_queue(app) {
        let sara = app.customer(PHONE).await;
        let asked = sara.post("/api/me/privacy-requests/").json(&json!({ "kind": "access" })).send().await.ok(201).body;
        let admin = app.admin().await;
        app.advance(1);
        let told = json!({ "user_id": sara.user_id, "kind": "objection", "note": "rang us" });
        admin.post(REQUESTS).json(&told).send().await.ok(201);
        let queue = admin.get(REQUESTS).send().await.ok(200).body;
        let kinds: Vec<_> = queue["items"].as_array().expect("a list").iter().map(|item| item["kind"].clone()).collect();
        assert_eq!(kinds, [json!("access"), json!("objection")], "the most pressing first");
        assert_eq!((&queue["items"][0]["phone"], &queue["items"][1]["note"]), (&json!(PHONE), &json!("rang us")));

        let act = format!("{REQUESTS}{}/act/", asked["id"].as_str().expect("an id"));
        let acted = async |body: Value| admin.post(&act).json(&body).send().await;
        acted(json!({ "act": "finish" })).await.problem("conflict");
        assert_eq!(acted(json!({ "act": "start" })).await.ok(200).body["state"], "in_progress");
        let refused = acted(json!({ "act": "extend" })).await.problem("validation");
        assert_eq!(refused.errors(), [("/reason".to_owned(), "required".to_owned())]);
        let put_off = acted(json!({ "act": "extend", "reason": "papers" })).await.ok(200).body;
        assert_eq!(put_off["days_left"], 59, "a second of the sixty days is gone");
        acted(json!({ "act": "finish" })).await.ok(200);
        let mine = sara.get("/api/me/privacy-requests/").send().await.ok(200).body;
        let access = mine.as_array().expect("a list").iter().find(|one| one["kind"] == "access").expect("there");
        assert_eq!((&access["state"], &access["extension_reason"]), (&json!("done"), &json!("papers")));
        let closed = admin.get(&format!("{REQUESTS}?state=closed")).send().await.ok(200).body;
        assert_eq!(closed["items"].as_array().map(Vec::len), Some(1));
        let bad = admin.get(&format!("{REQUESTS}?state=all&after=x&page=2")).send().await.problem("validation");
        let named = [("/state", "not_offered"), ("/after", "invalid"), ("/page", "unknown")];
        assert_eq!(bad.errors(), named.map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
    }
}

api_test! {
    async fn an_admin_exports_and_erases_with_a_fresh_second_factor_alone(app) {
        let sara = app.customer(PHONE).await;
        let admin = app.admin().await;
        let (export, erase) = (
            format!("/api/admin/users/{}/export/", sara.user_id),
            format!("/api/admin/users/{}/erase/", sara.user_id),
        );
        let data = admin.get(&export).send().await.ok(200);
        assert_eq!((&data.body["user"]["phone"], data.header("cache-control")), (&json!(PHONE), "no-store"));
        let confirm = json!({ "confirm": short_id(&admin, &sara).await });
        app.advance(601);
        admin.get(&export).send().await.problem("fresh-authentication-required");
        admin.post(&erase).json(&confirm).send().await.problem("fresh-authentication-required");
        assert!(sara.is_alive().await);
    }
}

api_test! {
    async fn the_short_id_is_typed_and_nobody_with_a_role_is_erased(app) {
        let sara = app.customer(PHONE).await;
        let admin = app.admin().await;
        let (wrong, right) = (json!({ "confirm": "0000" }), json!({ "confirm": short_id(&admin, &sara).await }));
        let erase = |id: &str| format!("/api/admin/users/{id}/erase/");
        let refused = admin.post(&erase(&sara.user_id)).json(&wrong).send().await.problem("validation");
        assert_eq!(refused.errors(), [("/confirm".to_owned(), "invalid".to_owned())]);
        let own = json!({ "confirm": short_id(&admin, &admin).await });
        admin.post(&erase(&admin.user_id)).json(&own).send().await.problem("conflict");
        app.uc.grant_role(PHONE, Role::Stylist).await.expect("granted");
        admin.post(&erase(&sara.user_id)).json(&right).send().await.problem("conflict");
        let other = app.customer(OTHER).await;
        let confirm = json!({ "confirm": short_id(&admin, &other).await });
        admin.post(&erase(&other.user_id)).json(&confirm).send().await.ok(204);
        assert!(!other.is_alive().await, "every session is over");
        admin.post(&erase(&other.user_id)).json(&confirm).send().await.problem("conflict");
    }
}

api_test! {
    async fn every_address_is_for_those_who_may(app) {
        let sara = app.customer(PHONE).await;
        let owner = app.customer(OTHER).await;
        app.uc.grant_role(OTHER, Role::Owner).await.expect("granted");
        let of = |rest: &str| format!("/api/admin/users/{}/{rest}/", sara.user_id);
        let nobody = "00000000-0000-0000-0000-000000000000";
        let calls: [(&str, String, Value); 8] = [
            ("GET", REQUESTS.to_owned(), Value::Null),
            ("POST", REQUESTS.to_owned(), json!({ "user_id": sara.user_id, "kind": "access" })),
            ("POST", format!("{REQUESTS}{nobody}/act/"), json!({ "act": "start" })),
            ("GET", of("export"), Value::Null),
            ("POST", of("erase"), json!({ "confirm": "0000" })),
            ("GET", of("consents"), Value::Null),
            ("POST", of("consents"), json!({ "purpose": "marketing_sms", "is_granted": true })),
            ("GET", "/api/admin/retention/".to_owned(), Value::Null),
        ];
        for (code, who) in [("unauthenticated", None), ("forbidden", Some(&sara)), ("second-factor-required", Some(&owner))] {
            for (method, path, body) in &calls {
                let call = match who {
                    Some(who) => who.call(method, path),
                    None => app.call(method, path),
                };
                let call = if body.is_null() { call } else { call.json(body) };
                call.send().await.problem(code);
            }
        }
        owner.enrol().await;
        for (method, path, body) in &calls {
            let call = owner.call(method, path);
            let call = if body.is_null() { call } else { call.json(body) };
            call.send().await.problem("forbidden");
        }
    }
}

api_test! {
    async fn the_desk_writes_consents_down_and_retention_is_told(app) {
        let sara = app.customer(PHONE).await;
        let admin = app.admin().await;
        let path = format!("/api/admin/users/{}/consents/", sara.user_id);
        let body = json!({ "purpose": "marketing_sms", "is_granted": true });
        let after = admin.post(&path).json(&body).send().await.ok(200).body;
        assert_eq!(after["ledger"][0]["source"], "desk");
        assert_eq!(admin.get(&path).send().await.ok(200).body["ledger"].as_array().map(Vec::len), Some(1));
        let before = admin.get("/api/admin/retention/").send().await.ok(200).body;
        assert!(before["last_purge_at"].is_null() && before["items"][0]["last"].is_null());
        app.uc.purge().await.expect("purges");
        let after = admin.get("/api/admin/retention/").send().await.ok(200).body;
        assert!(after["last_purge_at"].is_string());
        let challenges = after["items"].as_array().expect("a list").iter().find(|item| item["kind"] == "challenges");
        let challenges = challenges.expect("there");
        assert_eq!((&challenges["kept_for_s"], &challenges["due"], &challenges["last"]), (&json!(2_592_000), &json!(0), &json!(0)));
    }
}

api_test! {
    async fn the_pages_answer_export_and_erase_without_javascript(app) {
        let sara = app.customer(PHONE).await;
        sara.post("/api/me/privacy-requests/").json(&json!({ "kind": "erasure", "said": "<i>please" })).send().await.ok(201);
        let mut browser = Browser::default();
        app.advance(61);
        browser.sign_in(&app, ADMIN).await;
        assert_eq!(browser.get(&app, "/admin/privacy").await.status, 403, "a customer");
        app.uc.grant_role(ADMIN, Role::PlatformAdmin).await.expect("granted");
        assert_eq!(browser.get(&app, "/admin/privacy").await.header("location"), "/admin/verify?next=/admin/privacy");
        let (authenticator, _) = browser.enrol(&app).await;

        let list = browser.get(&app, "/admin/privacy").await.ok(200).html();
        assert!(list.contains("بقي 29 يومًا") && !list.contains("متأخر"), "{list}");
        let request = list.split("href=\"/admin/privacy/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
        let page = browser.get(&app, &format!("/admin/privacy/{request}")).await.ok(200).html();
        assert!(page.contains("&lt;i&gt;please") && !page.contains("<i>"));
        assert!(!page.contains("value=\"finish\""), "an erasure is finished by erasing");
        let back = browser.submit(&app, "/sf/admin-act-on-request", &format!("id={request}&act=start")).await;
        assert_eq!(back.header("location"), format!("/admin/privacy/{request}"));
        browser.submit(&app, "/sf/admin-act-on-request", &format!("id={request}&act=refuse&reason=")).await;
        let page = browser.get(&app, &format!("/admin/privacy/{request}")).await.ok(200).html();
        assert!(page.contains("aria-describedby=\"reason-refuse-hint reason-refuse-error\""), "the fault stands at its field: {page}");

        let person = format!("/admin/users/{}", sara.user_id);
        for tab in ["/consents", "/privacy", "/export"] {
            browser.get(&app, &format!("{person}{tab}")).await.ok(200);
        }
        let read = browser.get(&app, &format!("{person}/export/read")).await.ok(200).html();
        assert!(read.contains("050 123 4567"));
        let file = browser.get(&app, &format!("{person}/export.json")).await.ok(200);
        assert!(file.header("content-disposition").starts_with("attachment; filename=\"salon-"));
        assert_eq!((&file.body["user"]["phone"], file.header("cache-control")), (&json!(PHONE), "no-store"));

        app.advance(601);
        let away = browser.get(&app, &format!("{person}/export.json")).await;
        assert_eq!(away.header("location"), format!("/admin/verify?next={person}/export"));
        let away = browser.get(&app, &format!("{person}/erase")).await;
        assert_eq!(away.header("location"), format!("/admin/verify?next={person}/erase"));
        browser.get(&app, away.header("location")).await.ok(200);
        browser.submit(&app, "/sf/show-second-factor", &format!("code={}", authenticator.code(&app))).await;
        let page = browser.get(&app, &format!("{person}/erase")).await.ok(200).html();
        let short = page.split("معرّفه القصير ").nth(1).and_then(|rest| rest.get(..4)).expect("the short id").to_owned();
        let erase = format!("user={}&confirm=", sara.user_id);
        let wrong = browser.submit(&app, "/sf/admin-erase-person", &format!("{erase}0000")).await;
        assert_eq!(wrong.header("location"), format!("{person}/erase"));
        assert!(browser.get(&app, &format!("{person}/erase")).await.ok(200).html().contains("aria-invalid=\"true\""));
        let gone = browser.submit(&app, "/sf/admin-erase-person", &format!("{erase}{short}")).await;
        assert_eq!(gone.header("location"), format!("{person}/privacy"));
        let page = browser.get(&app, &format!("{person}/privacy")).await.ok(200).html();
        assert!(page.contains("حُذف الشخص.") && !page.contains("050 123 4567") && !page.contains("please"), "{page}");
        assert_eq!(browser.get(&app, &format!("{person}/erase")).await.status, 409);
        let closed = browser.get(&app, "/admin/privacy?state=closed").await.ok(200).html();
        assert!(closed.contains("تم"));
        app.uc.purge().await.expect("purges");
        let retention = browser.get(&app, "/admin/retention").await.ok(200).html();
        assert!(retention.contains("30 يومًا") && !retention.contains("لم يجرِ بعد"));
    }
}
