//! `/api/admin/users/{id}/…`: what an admin does to a person, over HTTP.

use domain::role::Role;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{Customer, OTHER, PHONE, api_test};

const PATH: &str = "/api/admin/users/";

fn at(id: &str, rest: &str) -> String {
    format!("{PATH}{id}/{rest}")
}

/// Every endpoint about a person, with a body it reads.
fn endpoints(id: &str) -> Vec<(&'static str, String, Option<Value>)> {
    let nil = Uuid::nil();
    vec![
        ("POST", PATH.to_owned(), Some(json!({ "phone": PHONE }))),
        ("GET", at(id, ""), None),
        ("PATCH", at(id, ""), Some(json!({ "given_name": "سارة" }))),
        ("POST", at(id, "block/"), Some(json!({ "reason": "x" }))),
        ("POST", at(id, "unblock/"), None),
        ("GET", at(id, "sessions/"), None),
        ("POST", at(id, "sessions/end-all/"), None),
        ("DELETE", at(id, &format!("sessions/{nil}/")), None),
        ("GET", at(id, "codes/"), None),
        ("GET", at(id, "messages/"), None),
        ("GET", at(id, "audit/"), None),
        ("GET", at(id, "notes/"), None),
        ("POST", at(id, "notes/"), Some(json!({ "text": "x" }))),
        ("DELETE", at(id, &format!("notes/{nil}/")), None),
        ("PUT", at(id, "roles/platform_admin/"), None),
        ("DELETE", at(id, "roles/platform_admin/"), None),
    ]
}

api_test! {
    async fn nobody_comes_in_without_a_token_a_role_and_a_second_factor(app) {
        let sara = app.customer(PHONE).await;
        let owner = app.customer(OTHER).await;
        for (method, path, body) in endpoints(&sara.user_id) {
            let call = |call: crate::support::Call| if let Some(body) = &body { call.json(body) } else { call };
            call(app.call(method, &path)).send().await.problem("unauthenticated");
            call(sara.call(method, &path)).send().await.problem("forbidden");
        }
        app.uc.grant_role(OTHER, Role::Owner).await.expect("granted");
        for (method, path, body) in endpoints(&sara.user_id) {
            let call = owner.call(method, &path);
            if let Some(body) = &body { call.json(body) } else { call }.send().await.problem("second-factor-required");
        }
        owner.enrol().await;
        for (method, path, body) in endpoints(&sara.user_id) {
            let call = owner.call(method, &path);
            if let Some(body) = &body { call.json(body) } else { call }.send().await.problem("forbidden");
        }
    }
}

api_test! {
    async fn an_id_that_names_nobody_is_not_found(app) {
        let admin = app.admin().await;
        for id in [Uuid::nil().to_string(), "x".to_owned()] {
            for (method, path, body) in endpoints(&id).into_iter().skip(1) {
                let call = admin.call(method, &path);
                if let Some(body) = &body { call.json(body) } else { call }.send().await.problem("not-found");
            }
        }
        admin.call("PUT", &at(&admin.user_id, "roles/king/")).send().await.problem("not-found");
        admin.call("DELETE", &at(&admin.user_id, "sessions/x/")).send().await.problem("not-found");
    }
}

api_test! {
    async fn a_person_is_added_once_and_opened_after_that(app) {
        let admin = app.admin().await;
        let body = json!({ "phone": "٠٥٠ ١٢٣ ٤٥٦٧", "given_name": "سارة", "locale": "en" });
        let added = admin.post(PATH).json(&body).send().await.ok(201);
        assert_eq!((added.text("phone"), added.text("given_name"), added.text("status")), (PHONE.into(), "سارة".into(), "pending".into()));
        assert_eq!((&added.body["is_phone_verified"], &added.body["origin"]), (&json!(false), &json!("staff")));
        let again = admin.post(PATH).json(&json!({ "phone": PHONE, "given_name": "نورة" })).send().await.ok(200);
        assert_eq!(again.body, added.body, "nothing changed");
        assert_eq!(admin.post(PATH).json(&json!({ "phone": "12" })).send().await.problem("invalid-phone").text("reason"), "too_short");
        let wrong = json!({ "phone": OTHER, "family_name": "x".repeat(81), "is_phone_verified": true });
        let refusal = admin.post(PATH).json(&wrong).send().await.problem("validation");
        assert_eq!(refusal.errors(), [("/is_phone_verified".to_owned(), "unknown".to_owned())]);
        let refusal = admin.post(PATH).json(&json!({ "phone": OTHER, "family_name": "x".repeat(81) })).send().await.problem("validation");
        assert_eq!(refusal.errors(), [("/family_name".to_owned(), "too_long".to_owned())]);
        admin.post(PATH).json(&json!({})).send().await.problem("validation");
    }
}

api_test! {
    async fn a_block_ends_everything_at_once_and_is_lifted(app) {
        let admin = app.admin().await;
        let sara = app.customer(PHONE).await;
        let path = at(&sara.user_id, "block/");
        let refusal = admin.post(&path).json(&json!({ "reason": " " })).send().await.problem("validation");
        assert_eq!(refusal.errors(), [("/reason".to_owned(), "required".to_owned())]);
        assert!(sara.is_alive().await);
        assert_eq!(admin.post(&path).json(&json!({ "reason": "no show" })).send().await.ok(200).text("status"), "blocked");
        sara.get("/api/me/").send().await.problem("session-ended");
        sara.refresh().await.problem("session-ended");
        app.advance(61);
        let id = app.challenge(PHONE).await;
        let code = app.code(PHONE).await;
        app.post("/api/auth/phone/verify/").json(&json!({ "challenge_id": id, "code": code })).send().await.problem("forbidden");
        assert_eq!(admin.post(&at(&sara.user_id, "unblock/")).send().await.ok(200).text("status"), "active");
        assert!(!sara.is_alive().await, "what ended stays ended");
        app.advance(61);
        assert!(app.customer(PHONE).await.is_alive().await);
        admin.post(&at(&admin.user_id, "block/")).json(&json!({ "reason": "tired" })).send().await.problem("forbidden");
        assert!(admin.is_alive().await);
    }
}

api_test! {
    async fn sessions_are_listed_and_ended(app) {
        let admin = app.admin().await;
        let first = app.customer(PHONE).await;
        app.advance(61);
        let second = app.customer(PHONE).await;
        let list = admin.get(&at(&first.user_id, "sessions/")).send().await.ok(200);
        assert_eq!(list.body.as_array().map(Vec::len), Some(2));
        admin.call("DELETE", &at(&first.user_id, &format!("sessions/{}/", first.session_id))).send().await.ok(204);
        assert!(!first.is_alive().await && second.is_alive().await);
        let foreign = at(&admin.user_id, &format!("sessions/{}/", second.session_id));
        admin.call("DELETE", &foreign).send().await.problem("not-found");
        assert_eq!(admin.post(&at(&first.user_id, "sessions/end-all/")).send().await.ok(200).body, json!({ "ended": 1 }));
        assert!(!second.is_alive().await);
        admin.post(&at(&admin.user_id, "sessions/end-all/")).send().await.ok(200);
        assert!(admin.is_alive().await, "the session they act in stays");
    }
}

api_test! {
    async fn a_role_bites_at_once_and_wants_a_second_factor_of_a_moment_ago(app) {
        let admin = app.admin().await;
        let sara = app.customer(PHONE).await;
        sara.get(PATH).send().await.problem("forbidden");
        let path = at(&sara.user_id, "roles/platform_admin/");
        assert_eq!(admin.call("PUT", &path).send().await.ok(200).body["roles"], json!(["platform_admin"]));
        sara.get(PATH).send().await.problem("second-factor-required");
        sara.enrol().await;
        sara.get(PATH).send().await.ok(200);
        let refusal = admin.call("PUT", &at(&sara.user_id, "roles/owner/")).send().await.problem("validation");
        assert_eq!(refusal.errors(), [("/role".to_owned(), "not_offered".to_owned())]);
        assert_eq!(admin.call("DELETE", &path).send().await.ok(200).body["roles"], json!([]));
        sara.get(PATH).send().await.problem("forbidden");
        admin.call("DELETE", &at(&admin.user_id, "roles/platform_admin/")).send().await.problem("conflict");

        app.advance(601);
        let admin = Customer::of(&app, &admin.refresh().await.ok(200));
        for method in ["PUT", "DELETE"] {
            admin.call(method, &path).send().await.problem("fresh-authentication-required");
        }
        app.uc.add_user(OTHER).await.expect("added");
        admin.get(PATH).send().await.ok(200);
    }
}

api_test! {
    async fn details_are_corrected_and_nothing_else(app) {
        let admin = app.admin().await;
        let sara = app.customer(PHONE).await;
        let path = at(&sara.user_id, "");
        let after = admin.call("PATCH", &path).json(&json!({ "given_name": " سارة ", "email": "sara@example.com" })).send().await.ok(200);
        assert_eq!((after.text("given_name"), after.text("email")), ("سارة".into(), "sara@example.com".into()));
        assert_eq!(admin.get(&path).send().await.ok(200).body, after.body);
        for field in ["phone", "is_phone_verified", "status", "roles", "epoch"] {
            let refusal = admin.call("PATCH", &path).json(&json!({ field: true })).send().await.problem("validation");
            assert_eq!(refusal.errors(), [(format!("/{field}"), "unknown".to_owned())]);
        }
        let cleared = admin.call("PATCH", &path).json(&json!({ "email": null })).send().await.ok(200);
        assert_eq!((&cleared.body["email"], &cleared.body["given_name"]), (&Value::Null, &json!("سارة")));
        // The owner sees that staff did it, and not who.
        let export = sara.get("/api/me/export/").send().await.ok(200);
        assert!(export.body["history"].as_array().expect("a list").iter().any(|entry| entry["by"] == "staff"));
        assert!(!export.body.to_string().contains(&admin.user_id));
    }
}

api_test! {
    async fn notes_are_written_read_and_removed_by_their_author(app) {
        let (admin, other) = (app.admin().await, app.staff(OTHER, Role::PlatformAdmin).await);
        let sara = app.customer(PHONE).await;
        let path = at(&sara.user_id, "notes/");
        let refusal = admin.post(&path).json(&json!({ "text": "x".repeat(2_001) })).send().await.problem("validation");
        assert_eq!(refusal.errors(), [("/text".to_owned(), "too_long".to_owned())]);
        let note = admin.post(&path).json(&json!({ "text": "تفضل المساء\nquiet" })).send().await.ok(201);
        assert_eq!((note.text("text"), &note.body["author"]["id"]), ("تفضل المساء\nquiet".into(), &json!(admin.user_id)));
        let seen = other.get(&path).send().await.ok(200);
        assert_eq!((&seen.body["items"][0]["is_own"], &seen.body["next"]), (&json!(false), &Value::Null));
        let one = at(&sara.user_id, &format!("notes/{}/", note.text("id")));
        other.call("DELETE", &one).send().await.problem("not-found");
        admin.call("DELETE", &one).send().await.ok(204);
        admin.call("DELETE", &one).send().await.problem("not-found");
        let erased = sara.call("DELETE", "/api/me/").send().await;
        assert!(erased.status.is_success());
        admin.post(&path).json(&json!({ "text": "late" })).send().await.problem("conflict");
        admin.call("PATCH", &at(&sara.user_id, "")).json(&json!({ "given_name": "x" })).send().await.problem("conflict");
        admin.post(&at(&sara.user_id, "block/")).json(&json!({ "reason": "x" })).send().await.problem("conflict");
    }
}

api_test! {
    async fn the_past_is_told_without_codes_and_without_whole_numbers(app) {
        let admin = app.admin().await;
        let sara = app.customer(PHONE).await;
        let code = app.code(PHONE).await;
        app.advance(1);
        admin.call("PATCH", &at(&sara.user_id, "")).json(&json!({ "given_name": "سارة" })).send().await.ok(200);
        let codes = admin.get(&at(&sara.user_id, "codes/")).send().await.ok(200);
        let first = &codes.body["items"][0];
        assert_eq!((&first["outcome"], &first["attempts"], &first["sends"], &first["to"]), (&json!("entered"), &json!(1), &json!(1), &json!("05• ••• 4567")));
        let messages = admin.get(&at(&sara.user_id, "messages/")).send().await.ok(200);
        let first = &messages.body["items"][0];
        assert_eq!((&first["kind"], &first["state"], &first["to"]), (&json!("auth_code"), &json!("sent"), &json!("05• ••• 4567")));
        let audit = admin.get(&at(&sara.user_id, "audit/")).send().await.ok(200);
        let newest = &audit.body["items"][0];
        assert_eq!((&newest["action"], &newest["by"], &newest["staff"]["id"]), (&json!("profile_changed"), &json!("staff"), &json!(admin.user_id)));
        for answer in [&codes, &messages, &audit] {
            let text = answer.body.to_string();
            assert!(!text.contains("966501234567") && !text.contains("0501234567"), "{text}");
            assert!(text.split(|c: char| !c.is_ascii_alphanumeric()).all(|word| word != code), "{text}");
        }
        // From the other side.
        let done = admin.get(&at(&admin.user_id, "audit/")).send().await.ok(200);
        assert_eq!((&done.body["items"][0]["action"], &done.body["items"][0]["other"]["display_name"]), (&json!("profile_changed"), &json!("سارة")));
        for list in ["codes", "messages", "audit", "notes"] {
            let refusal = admin.get(&at(&sara.user_id, &format!("{list}/?after=x&page=2"))).send().await.problem("validation");
            assert_eq!(refusal.errors(), [("/page".to_owned(), "unknown".to_owned()), ("/after".to_owned(), "invalid".to_owned())]);
        }
    }
}
