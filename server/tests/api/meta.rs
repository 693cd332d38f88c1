//! Health, keys, and the document.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{TestApp, api_test};

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

api_test! {
    async fn a_migrated_service_is_healthy_and_ready(app) {
        assert_eq!(app.get("/healthz").send().await.ok(200).body["status"], "ok");
        assert_eq!(app.get("/readyz").send().await.ok(200).body["status"], "ok");
    }
}

#[tokio::test]
async fn without_its_database_it_is_healthy_and_not_ready() {
    let app = TestApp::sqlite().await;
    app.uc.store().close().await;
    app.get("/healthz").send().await.ok(200);
    app.get("/readyz").send().await.problem("unavailable");
    let request = app.post("/api/auth/phone/request/").json(&serde_json::json!({ "phone": "0501234567" }));
    request.send().await.problem("unavailable");
}

#[tokio::test]
async fn the_key_set_holds_public_halves_alone() {
    let app = TestApp::sqlite().await;
    let answer = app.get("/.well-known/jwks.json").send().await.ok(200);
    let keys = answer.body["keys"].as_array().expect("keys");
    assert_eq!(keys.len(), 1);
    assert_eq!((&keys[0]["kty"], &keys[0]["crv"]), (&Value::from("OKP"), &Value::from("Ed25519")));
    let members: Vec<_> = keys[0].as_object().expect("a key").keys().map(String::as_str).collect();
    assert!(members.contains(&"kid") && members.contains(&"x") && !members.contains(&"d"), "{members:?}");
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "most of them are the list of endpoints")]
async fn every_documented_endpoint_is_there_and_every_endpoint_is_documented() {
    let app = TestApp::sqlite().await;
    let document = app.get("/api/openapi.json").send().await.ok(200).body;
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    let mut documented = BTreeSet::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        let offered: Vec<_> = METHODS.into_iter().filter(|method| item[method].is_object()).collect();
        for method in &offered {
            documented.insert(format!("{method} {path}"));
        }
        // What is not documented is not offered, and the other way round.
        let concrete = path.replace("{id}", "00000000-0000-0000-0000-000000000000").replace("{provider}", "twilio");
        let concrete = concrete.replace("{role}", "platform_admin");
        let ids = ["{session_id}", "{note_id}", "{user_id}", "{service_id}", "{staff_id}", "{schedule_id}", "{time_off_id}"];
        let concrete = ids.iter().fold(concrete, |path, id| path.replace(id, &uuid::Uuid::nil().to_string()));
        let concrete = concrete.replace("{date}", "2027-01-01").replace("{slug}", "salon-1");
        for method in METHODS {
            let answer = app.call(&method.to_uppercase(), &concrete).send().await;
            let is_retired = answer.status == 410;
            assert_eq!(answer.status != 405, offered.contains(&method) || is_retired, "{method} {path}: {}", answer.status);
            // An id that names nothing is 404 too.
            assert!(answer.status != 404 || path.contains('{'), "{method} {path}");
        }
    }
    let contract = [
        "post /api/auth/phone/request/",
        "get /api/auth/phone/challenges/{id}/",
        "post /api/auth/phone/resend/",
        "post /api/auth/phone/verify/",
        "post /api/auth/passkey/options/",
        "post /api/auth/passkey/verify/",
        "post /api/auth/token/refresh/",
        "post /api/auth/logout/",
        "get /api/auth/sessions/",
        "delete /api/auth/sessions/{id}/",
        "post /api/auth/sessions/revoke-others/",
        "get /api/me/",
        "patch /api/me/",
        "delete /api/me/",
        "get /api/me/export/",
        "get /api/me/notices/",
        "post /api/me/notices/seen/",
        "get /api/me/passkeys/",
        "post /api/me/passkeys/",
        "post /api/me/passkeys/options/",
        "patch /api/me/passkeys/{id}/",
        "delete /api/me/passkeys/{id}/",
        "get /api/me/second-factor/",
        "delete /api/me/second-factor/",
        "post /api/me/second-factor/show/",
        "post /api/me/second-factor/passkey/options/",
        "post /api/me/second-factor/passkey/show/",
        "post /api/me/second-factor/totp/",
        "post /api/me/second-factor/totp/confirm/",
        "post /api/me/second-factor/recovery-codes/",
        "post /api/me/phone/request/",
        "post /api/me/phone/verify/",
        "get /api/me/consents/",
        "post /api/me/consents/",
        "get /api/me/privacy-requests/",
        "post /api/me/privacy-requests/",
        "delete /api/me/privacy-requests/{id}/",
        "get /api/admin/users/",
        "get /api/admin/users/export/",
        "post /api/admin/users/",
        "get /api/admin/users/{id}/",
        "patch /api/admin/users/{id}/",
        "post /api/admin/users/{id}/block/",
        "post /api/admin/users/{id}/unblock/",
        "get /api/admin/users/{id}/sessions/",
        "post /api/admin/users/{id}/sessions/end-all/",
        "delete /api/admin/users/{id}/sessions/{session_id}/",
        "get /api/admin/users/{id}/codes/",
        "get /api/admin/users/{id}/messages/",
        "get /api/admin/users/{id}/audit/",
        "get /api/admin/users/{id}/notes/",
        "post /api/admin/users/{id}/notes/",
        "delete /api/admin/users/{id}/notes/{note_id}/",
        "put /api/admin/users/{id}/roles/{role}/",
        "delete /api/admin/users/{id}/roles/{role}/",
        "get /api/admin/users/{id}/export/",
        "post /api/admin/users/{id}/erase/",
        "get /api/admin/users/{id}/consents/",
        "post /api/admin/users/{id}/consents/",
        "get /api/admin/privacy-requests/",
        "post /api/admin/privacy-requests/",
        "post /api/admin/privacy-requests/{id}/act/",
        "get /api/admin/retention/",
        "post /api/admin/bulk-runs/",
        "get /api/admin/bulk-runs/{id}/",
        "post /api/admin/bulk-runs/{id}/start/",
        "get /api/admin/users/{id}/phone-change/",
        "post /api/admin/users/{id}/phone-change/",
        "delete /api/admin/users/{id}/phone-change/",
        "post /api/admin/users/{id}/phone-change/undo/",
        "post /api/auth/phone-change/request/",
        "post /api/auth/phone-change/resend/",
        "post /api/auth/phone-change/verify/",
        "get /api/admin/audit/",
        "get /api/admin/messages/",
        "get /api/admin/messages/{id}/",
        "post /api/admin/messages/{id}/show-number/",
        "get /api/admin/abuse/",
        "get /api/admin/settings/",
        "patch /api/admin/settings/",
        "post /api/holds/",
        "get /api/salons/{slug}/reviews/",
        "get /api/bookings/",
        "post /api/bookings/",
        "get /api/bookings/{id}/",
        "get /api/bookings/{id}/calendar.ics",
        "post /api/bookings/{id}/cancel/",
        "post /api/bookings/{id}/reschedule/",
        "get /api/bookings/{id}/review/",
        "post /api/bookings/{id}/review/",
        "get /api/admin/salons/{id}/bookings/",
        "post /api/admin/salons/{id}/bookings/",
        "get /api/admin/salons/{id}/bookings/by-code/{code}/",
        "get /api/admin/bookings/{id}/",
        "get /api/admin/bookings/{id}/events/",
        "post /api/admin/bookings/{id}/act/",
        "post /api/admin/bookings/{id}/reschedule/",
        "get /api/admin/salons/{id}/reviews/",
        "post /api/admin/reviews/{id}/act/",
        "get /api/salons/",
        "get /api/salons/{slug}/",
        "get /api/salons/{slug}/staff/",
        "get /api/salons/{slug}/services/",
        "get /api/salons/{slug}/availability/",
        "get /api/admin/salons/",
        "post /api/admin/salons/",
        "get /api/admin/salons/{id}/",
        "patch /api/admin/salons/{id}/",
        "post /api/admin/salons/{id}/status/",
        "get /api/admin/salons/{id}/grants/",
        "post /api/admin/salons/{id}/grants/",
        "delete /api/admin/salons/{id}/grants/{user_id}/{role}/",
        "get /api/admin/salons/{id}/services/",
        "post /api/admin/salons/{id}/services/",
        "patch /api/admin/salons/{id}/services/{service_id}/",
        "delete /api/admin/salons/{id}/services/{service_id}/",
        "get /api/admin/salons/{id}/staff/",
        "post /api/admin/salons/{id}/staff/",
        "patch /api/admin/salons/{id}/staff/{staff_id}/",
        "put /api/admin/salons/{id}/staff/{staff_id}/services/",
        "get /api/admin/salons/{id}/staff/{staff_id}/hours/",
        "put /api/admin/salons/{id}/staff/{staff_id}/week/",
        "post /api/admin/salons/{id}/staff/{staff_id}/schedules/",
        "put /api/admin/salons/{id}/staff/{staff_id}/schedules/{schedule_id}/",
        "delete /api/admin/salons/{id}/staff/{staff_id}/schedules/{schedule_id}/",
        "put /api/admin/salons/{id}/staff/{staff_id}/exceptions/{date}/",
        "delete /api/admin/salons/{id}/staff/{staff_id}/exceptions/{date}/",
        "post /api/admin/salons/{id}/staff/{staff_id}/time-off/",
        "delete /api/admin/salons/{id}/staff/{staff_id}/time-off/{time_off_id}/",
        "get /api/admin/salons/{id}/closings/",
        "put /api/admin/salons/{id}/closings/{date}/",
        "delete /api/admin/salons/{id}/closings/{date}/",
        "post /api/auth/register/",
        "post /api/auth/token/",
        "post /api/webhooks/sms/{provider}/",
        "get /.well-known/jwks.json",
        "get /healthz",
        "get /readyz",
    ];
    assert_eq!(documented, contract.map(str::to_owned).into());
}

#[tokio::test]
async fn the_document_is_whole() {
    let document = server::openapi::json();
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    for reference in &references {
        let pointer = reference.strip_prefix('#').expect("inside the document");
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    for name in ["Challenge", "SessionTokens", "User", "Session", "Problem", "FieldProblem", "RateLimit"] {
        assert!(schemas.contains_key(name), "{name}");
    }
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in METHODS.into_iter().filter(|method| item[*method].is_object()) {
            let operation = &item[method];
            assert!(operation["operationId"].is_string() && operation["summary"].is_string(), "{method} {path}");
            let is_for_people = path.starts_with("/api/me")
                || path.starts_with("/api/admin")
                || path.starts_with("/api/bookings")
                || path.contains("sessions")
                || path.contains("logout");
            assert_eq!(operation["security"].is_array(), is_for_people, "{method} {path}");
            for status in ["429", "500", "503"] {
                assert!(operation["responses"][status].is_object(), "{method} {path} {status}");
            }
        }
    }
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            references.extend(members.get("$ref").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|value| collect(value, references));
        }
        Value::Array(items) => items.iter().for_each(|value| collect(value, references)),
        _ => {}
    }
}

#[tokio::test]
async fn the_document_has_a_page_in_the_house_style() {
    let app = TestApp::sqlite().await;
    let page = app.get("/api/docs/").send().await.ok(200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(page.html().contains("/pkg/salon.css") && page.html().contains("POST /api/auth/phone/request/"));
    assert!(page.header("content-security-policy").contains("style-src 'self'"));
    app.get("/api/docs").send().await.ok(200);
}

#[tokio::test]
async fn the_development_sink_lists_newest_first_and_reads_any_spelling() {
    let app = TestApp::sqlite().await;
    app.challenge("+966501234567").await;
    app.challenge("+966551234567").await;
    app.code("+966501234567").await;
    let all = app.get("/dev/sms.json").send().await.ok(200);
    let to: Vec<_> = all.body.as_array().expect("a list").iter().map(|message| message["to"].as_str().expect("text")).collect();
    assert_eq!(to.len(), 2);
    let members: Vec<_> = all.body[0].as_object().expect("a message").keys().map(String::as_str).collect();
    assert_eq!(members, ["body", "code", "created_at", "id", "locale", "purpose", "to"]);
    for spelling in ["+966501234567", "%2B966501234567", "0501234567"] {
        let one = app.get(&format!("/dev/sms.json?to={spelling}")).send().await.ok(200);
        assert_eq!(one.body.as_array().map(Vec::len), Some(1), "{spelling}");
    }
}

#[tokio::test]
async fn production_has_no_development_paths_and_asks_browsers_for_https() {
    let app = TestApp::sqlite().await.beside("env = 'production'\n[server]\npublic_url = 'https://salon.example'").await;
    app.get("/dev/sms.json").send().await.problem("not-found");
    assert_eq!(app.get("/dev/sms").send().await.status, 404);
    for path in ["/", "/api/nope", "/nope", "/healthz"] {
        assert!(app.get(path).send().await.header("strict-transport-security").starts_with("max-age=63072000"), "{path}");
    }
}

#[test]
fn the_list_of_errors_is_whole() {
    let list = include_str!("../../../docs/errors.md");
    for code in domain::error::ErrorCode::ALL {
        assert!(list.contains(&format!("`{}`", code.as_str())), "{}", code.as_str());
    }
}
