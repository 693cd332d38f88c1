//! Who may what (security rule 11): every endpoint, every page and every form × somebody not signed in, a customer, each role with and
//! without a second factor. Whoever may not is told so before anything is written, whatever they send.
//!
//! To add an endpoint, a page or a form: its line in a table below; the test fails until it is there.

use std::collections::BTreeSet;

use domain::permission::Permission;
use http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Browser, TestApp};

use doer::{Doer, Watch, concrete, is_refusal, target};
use forms::FORMS;

mod doer;
mod forms;

/// What a door asks of whoever comes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gate {
    /// Nothing.
    Open,
    /// What a provider of text messages shows: `webhooks.rs` tests it.
    Provider,
    /// A living session.
    SignedIn,
    /// A session, a role, a second factor.
    Staff,
    /// And this permission.
    Admin(Permission),
    /// Or either of two.
    Either(Permission, Permission),
}

use Gate::{Admin, Either, Open, Provider, SignedIn, Staff};

/// `method path`, the gate, a body that is right in form.
const ENDPOINTS: &[(&str, Gate, &str)] = &[
    ("POST /api/auth/phone/request/", Open, r#"{"phone":"0509999999"}"#),
    ("GET /api/auth/phone/challenges/{id}/", Open, ""),
    ("POST /api/auth/phone/resend/", Open, r#"{"challenge_id":"{id}"}"#),
    ("POST /api/auth/phone/verify/", Open, r#"{"challenge_id":"{id}","code":"123456"}"#),
    ("POST /api/auth/token/refresh/", Open, r#"{"refresh":"x"}"#),
    ("POST /api/auth/register/", Open, ""),
    ("POST /api/auth/token/", Open, ""),
    ("POST /api/webhooks/sms/{provider}/", Provider, ""),
    ("GET /.well-known/jwks.json", Open, ""),
    ("GET /healthz", Open, ""),
    ("GET /readyz", Open, ""),
    ("GET /api/auth/sessions/", SignedIn, ""),
    ("DELETE /api/auth/sessions/{id}/", SignedIn, ""),
    ("POST /api/auth/sessions/revoke-others/", SignedIn, ""),
    ("GET /api/me/", SignedIn, ""),
    ("PATCH /api/me/", SignedIn, "{}"),
    ("GET /api/me/export/", SignedIn, ""),
    ("GET /api/me/notices/", SignedIn, ""),
    ("POST /api/me/notices/seen/", SignedIn, r#"{"until":"2026-01-01T00:00:00Z"}"#),
    ("GET /api/me/second-factor/", SignedIn, ""),
    ("POST /api/me/second-factor/show/", SignedIn, r#"{"code":"1"}"#),
    ("POST /api/me/second-factor/totp/", SignedIn, ""),
    ("POST /api/me/second-factor/totp/confirm/", SignedIn, r#"{"code":"1"}"#),
    ("POST /api/me/second-factor/recovery-codes/", SignedIn, ""),
    ("POST /api/me/phone/request/", SignedIn, r#"{"phone":"1"}"#),
    ("POST /api/me/phone/verify/", SignedIn, r#"{"challenge_id":"{id}","code":"1"}"#),
    ("POST /api/auth/passkey/options/", Open, ""),
    ("POST /api/auth/passkey/verify/", Open, r#"{"ceremony_id":"{id}","credential":{}}"#),
    ("GET /api/me/passkeys/", SignedIn, ""),
    ("POST /api/me/passkeys/options/", SignedIn, ""),
    ("POST /api/me/passkeys/", SignedIn, r#"{"ceremony_id":"{id}","credential":{}}"#),
    ("PATCH /api/me/passkeys/{id}/", SignedIn, r#"{"name":"x"}"#),
    ("DELETE /api/me/passkeys/{id}/", SignedIn, ""),
    ("POST /api/me/second-factor/passkey/options/", SignedIn, ""),
    ("POST /api/me/second-factor/passkey/show/", SignedIn, r#"{"ceremony_id":"{id}","credential":{}}"#),
    ("GET /api/me/consents/", SignedIn, ""),
    ("POST /api/me/consents/", SignedIn, r#"{"purpose":"marketing_sms","is_granted":true}"#),
    ("GET /api/me/privacy-requests/", SignedIn, ""),
    ("POST /api/me/privacy-requests/", SignedIn, r#"{"kind":"access"}"#),
    ("DELETE /api/me/privacy-requests/{id}/", SignedIn, ""),
    ("POST /api/auth/phone-change/request/", Open, r#"{"phone":"0509999997"}"#),
    ("POST /api/auth/phone-change/resend/", Open, r#"{"challenge_id":"{id}"}"#),
    ("POST /api/auth/phone-change/verify/", Open, r#"{"challenge_id":"{id}","code":"123456"}"#),
    ("GET /api/admin/users/", Admin(Permission::PeopleView), ""),
    ("POST /api/admin/users/", Admin(Permission::PeopleAdd), r#"{"phone":"0509999996"}"#),
    ("GET /api/admin/users/{id}/", Admin(Permission::PeopleView), ""),
    ("PATCH /api/admin/users/{id}/", Admin(Permission::PeopleEdit), r#"{"given_name":"x"}"#),
    ("GET /api/admin/users/{id}/audit/", Admin(Permission::AuditView), ""),
    ("GET /api/admin/users/{id}/codes/", Admin(Permission::AuditView), ""),
    ("GET /api/admin/users/{id}/messages/", Admin(Permission::AuditView), ""),
    ("GET /api/admin/users/{id}/consents/", Admin(Permission::PeopleView), ""),
    ("POST /api/admin/users/{id}/consents/", Admin(Permission::PeopleAdd), r#"{"purpose":"terms","is_granted":true}"#),
    ("GET /api/admin/users/{id}/export/", Admin(Permission::PeopleExport), ""),
    ("GET /api/admin/users/{id}/notes/", Admin(Permission::PeopleView), ""),
    ("POST /api/admin/users/{id}/notes/", Admin(Permission::PeopleEdit), r#"{"text":"x"}"#),
    ("DELETE /api/admin/users/{id}/notes/{note_id}/", Admin(Permission::PeopleEdit), ""),
    ("GET /api/admin/users/{id}/phone-change/", Admin(Permission::PeopleView), ""),
    (
        "POST /api/admin/users/{id}/phone-change/",
        Admin(Permission::PeopleChangePhone),
        r#"{"phone":"0509999995","kind":"change"}"#,
    ),
    ("DELETE /api/admin/users/{id}/phone-change/", Admin(Permission::PeopleChangePhone), ""),
    ("POST /api/admin/users/{id}/phone-change/undo/", Admin(Permission::PeopleChangePhone), ""),
    ("PUT /api/admin/users/{id}/roles/{role}/", Admin(Permission::RoleGrant), ""),
    ("DELETE /api/admin/users/{id}/roles/{role}/", Admin(Permission::RoleGrant), ""),
    ("GET /api/admin/users/{id}/sessions/", Admin(Permission::PeopleView), ""),
    ("POST /api/admin/users/{id}/sessions/end-all/", Admin(Permission::PeopleEndSessions), ""),
    ("DELETE /api/admin/users/{id}/sessions/{session_id}/", Admin(Permission::PeopleEndSessions), ""),
    ("POST /api/admin/users/{id}/block/", Admin(Permission::PeopleBlock), r#"{"reason":"x"}"#),
    ("POST /api/admin/users/{id}/unblock/", Admin(Permission::PeopleBlock), ""),
    ("POST /api/admin/users/{id}/erase/", Admin(Permission::PeopleErase), r#"{"confirm":"-"}"#),
    ("GET /api/admin/audit/", Admin(Permission::AuditView), ""),
    ("GET /api/admin/messages/", Admin(Permission::AuditView), ""),
    ("GET /api/admin/messages/{id}/", Admin(Permission::AuditView), ""),
    ("POST /api/admin/messages/{id}/show-number/", Admin(Permission::AuditView), ""),
    ("GET /api/admin/abuse/", Admin(Permission::AuditView), ""),
    ("GET /api/admin/settings/", Admin(Permission::SettingsEdit), ""),
    ("PATCH /api/admin/settings/", Admin(Permission::SettingsEdit), r#"{"version":0,"settings":{}}"#),
    ("GET /api/admin/privacy-requests/", Admin(Permission::PeopleView), ""),
    ("POST /api/admin/privacy-requests/", Admin(Permission::PeopleView), r#"{"user_id":"{id}","kind":"access"}"#),
    ("POST /api/admin/privacy-requests/{id}/act/", Admin(Permission::PeopleView), r#"{"act":"start"}"#),
    ("GET /api/admin/retention/", Admin(Permission::AuditView), ""),
    ("POST /api/admin/bulk-runs/", Admin(Permission::PeopleBlock), r#"{"act":"end_sessions","people":["{id}"]}"#),
    ("GET /api/admin/bulk-runs/{id}/", Admin(Permission::PeopleView), ""),
    ("POST /api/admin/bulk-runs/{id}/start/", Admin(Permission::PeopleView), r#"{"reason":"x"}"#),
    ("GET /api/admin/users/export/", Admin(Permission::PeopleExport), ""),
    ("POST /api/holds/", Open, r#"{"salon":"x","service_id":"{id}","starts_at":"2027-01-01T00:00:00Z"}"#),
    ("GET /api/salons/{slug}/reviews/", Open, ""),
    ("GET /api/bookings/", SignedIn, ""),
    ("POST /api/bookings/", SignedIn, r#"{"hold":"x"}"#),
    ("GET /api/bookings/{id}/", SignedIn, ""),
    ("GET /api/bookings/{id}/calendar.ics", SignedIn, ""),
    ("POST /api/bookings/{id}/cancel/", SignedIn, "{}"),
    ("POST /api/bookings/{id}/reschedule/", SignedIn, r#"{"starts_at":"2027-01-01T00:00:00Z"}"#),
    ("GET /api/bookings/{id}/review/", SignedIn, ""),
    ("POST /api/bookings/{id}/review/", SignedIn, r#"{"rating":5,"shown_as":"anonymous"}"#),
    ("GET /api/admin/salons/{id}/bookings/", Admin(Permission::BookingOwn), ""),
    (
        "POST /api/admin/salons/{id}/bookings/",
        Admin(Permission::BookingOwn),
        r#"{"service_id":"{id}","starts_at":"2027-01-01T00:00:00Z","phone":"0509999992"}"#,
    ),
    ("GET /api/admin/salons/{id}/bookings/by-code/{code}/", Admin(Permission::BookingOwn), ""),
    ("GET /api/admin/bookings/{id}/", Admin(Permission::BookingOwn), ""),
    ("GET /api/admin/bookings/{id}/events/", Admin(Permission::BookingOwn), ""),
    ("POST /api/admin/bookings/{id}/act/", Admin(Permission::BookingOwn), r#"{"act":"confirm"}"#),
    ("POST /api/admin/bookings/{id}/reschedule/", Admin(Permission::BookingOwn), r#"{"starts_at":"2027-01-01T00:00:00Z"}"#),
    ("GET /api/admin/salons/{id}/reviews/", Admin(Permission::CatalogueEdit), ""),
    ("POST /api/admin/reviews/{id}/act/", Admin(Permission::CatalogueEdit), r#"{"act":"hide"}"#),
    ("GET /api/salons/", Open, ""),
    ("GET /api/salons/{slug}/", Open, ""),
    ("GET /api/salons/{slug}/staff/", Open, ""),
    ("GET /api/salons/{slug}/services/", Open, ""),
    ("GET /api/salons/{slug}/availability/", Open, ""),
    ("GET /api/admin/salons/", Staff, ""),
    ("POST /api/admin/salons/", Admin(Permission::SalonOpen), r#"{"slug":"a-new-one","name_en":"x"}"#),
    ("GET /api/admin/salons/{id}/", Staff, ""),
    ("PATCH /api/admin/salons/{id}/", Admin(Permission::SalonManage), r#"{"name_en":"x"}"#),
    ("POST /api/admin/salons/{id}/status/", Either(Permission::SalonManage, Permission::SalonOpen), r#"{"status":"draft"}"#),
    ("GET /api/admin/salons/{id}/grants/", Either(Permission::StaffManage, Permission::SalonOpen), ""),
    (
        "POST /api/admin/salons/{id}/grants/",
        Either(Permission::StaffManage, Permission::SalonOpen),
        r#"{"phone":"0509999992","role":"owner"}"#,
    ),
    ("DELETE /api/admin/salons/{id}/grants/{user_id}/{role}/", Either(Permission::StaffManage, Permission::SalonOpen), ""),
    ("GET /api/admin/salons/{id}/services/", Staff, ""),
    (
        "POST /api/admin/salons/{id}/services/",
        Admin(Permission::CatalogueEdit),
        r#"{"name_en":"x","duration_min":30,"price_halalas":100}"#,
    ),
    ("PATCH /api/admin/salons/{id}/services/{service_id}/", Admin(Permission::CatalogueEdit), r#"{"name_en":"x"}"#),
    ("DELETE /api/admin/salons/{id}/services/{service_id}/", Admin(Permission::CatalogueEdit), ""),
    ("GET /api/admin/salons/{id}/staff/", Staff, ""),
    ("POST /api/admin/salons/{id}/staff/", Admin(Permission::StaffManage), r#"{"name_en":"x"}"#),
    ("PATCH /api/admin/salons/{id}/staff/{staff_id}/", Admin(Permission::StaffManage), r#"{"name_en":"x"}"#),
    ("PUT /api/admin/salons/{id}/staff/{staff_id}/services/", Admin(Permission::StaffManage), r#"{"services":[]}"#),
    ("GET /api/admin/salons/{id}/staff/{staff_id}/hours/", Staff, ""),
    ("PUT /api/admin/salons/{id}/staff/{staff_id}/week/", Admin(Permission::StaffManage), r#"{"rules":[]}"#),
    (
        "POST /api/admin/salons/{id}/staff/{staff_id}/schedules/",
        Admin(Permission::StaffManage),
        r#"{"rules":[],"valid_from":"2027-02-08"}"#,
    ),
    (
        "PUT /api/admin/salons/{id}/staff/{staff_id}/schedules/{schedule_id}/",
        Admin(Permission::StaffManage),
        r#"{"rules":[],"valid_from":"2027-02-08"}"#,
    ),
    ("DELETE /api/admin/salons/{id}/staff/{staff_id}/schedules/{schedule_id}/", Admin(Permission::StaffManage), ""),
    ("PUT /api/admin/salons/{id}/staff/{staff_id}/exceptions/{date}/", Admin(Permission::StaffManage), r#"{"hours":[]}"#),
    ("DELETE /api/admin/salons/{id}/staff/{staff_id}/exceptions/{date}/", Admin(Permission::StaffManage), ""),
    (
        "POST /api/admin/salons/{id}/staff/{staff_id}/time-off/",
        Admin(Permission::StaffManage),
        r#"{"starts_at":"2027-01-01T08:00:00Z","ends_at":"2027-01-01T09:00:00Z"}"#,
    ),
    ("DELETE /api/admin/salons/{id}/staff/{staff_id}/time-off/{time_off_id}/", Admin(Permission::StaffManage), ""),
    ("GET /api/admin/salons/{id}/closings/", Staff, ""),
    ("PUT /api/admin/salons/{id}/closings/{date}/", Admin(Permission::CatalogueEdit), "{}"),
    ("DELETE /api/admin/salons/{id}/closings/{date}/", Admin(Permission::CatalogueEdit), ""),
    // These end what they are called with.
    ("DELETE /api/me/second-factor/", SignedIn, ""),
    ("POST /api/auth/logout/", SignedIn, ""),
    ("DELETE /api/me/", SignedIn, ""),
];

/// Address, the gate.
const PAGES: &[(&str, Gate)] = &[
    ("/", Open),
    ("/login", Open),
    ("/login/code", Open),
    ("/login/code/delivery", Open),
    ("/problems/{code}", Open),
    ("/dev/sms", Open),
    ("/welcome", SignedIn),
    ("/account", SignedIn),
    ("/account/phone", SignedIn),
    ("/account/phone/code", SignedIn),
    ("/account/phone/code/delivery", Open),
    ("/account/sessions", SignedIn),
    ("/account/data", SignedIn),
    ("/account/data.json", SignedIn),
    ("/account/delete", SignedIn),
    ("/admin/enrol", SignedIn),
    ("/admin/enrol/codes", SignedIn),
    ("/admin/verify", SignedIn),
    ("/account/passkeys", SignedIn),
    // Only ever posted to, by the script of the page.
    ("/passkeys/{way}", Open),
    ("/account/privacy", SignedIn),
    ("/phone-change", Open),
    ("/phone-change/code", Open),
    ("/phone-change/code/delivery", Open),
    ("/salons", Open),
    ("/salons/{slug}", Open),
    ("/admin/salons", Staff),
    ("/admin/salons/new", Admin(Permission::SalonOpen)),
    ("/admin/salons/{id}", Staff),
    ("/admin/salons/{id}/services", Staff),
    ("/admin/salons/{id}/staff", Staff),
    ("/admin/salons/{id}/staff/{staff}", Staff),
    ("/admin/salons/{id}/closings", Staff),
    ("/admin/salons/{id}/people", Either(Permission::StaffManage, Permission::SalonOpen)),
    ("/admin", Staff),
    ("/admin/help", Staff),
    ("/admin/palette", Admin(Permission::PeopleView)),
    ("/admin/audit", Admin(Permission::AuditView)),
    ("/admin/messages", Admin(Permission::AuditView)),
    ("/admin/messages/{id}", Admin(Permission::AuditView)),
    ("/admin/abuse", Admin(Permission::AuditView)),
    ("/admin/settings", Admin(Permission::SettingsEdit)),
    ("/admin/settings/review", Admin(Permission::SettingsEdit)),
    ("/admin/privacy", Admin(Permission::PeopleView)),
    ("/admin/privacy/{id}", Admin(Permission::PeopleView)),
    ("/admin/retention", Admin(Permission::AuditView)),
    ("/admin/users/new", Admin(Permission::PeopleAdd)),
    ("/admin/users/{id}/codes", Admin(Permission::AuditView)),
    ("/admin/users/{id}/messages", Admin(Permission::AuditView)),
    ("/admin/users/{id}/notes", Admin(Permission::PeopleView)),
    ("/admin/users/{id}/audit", Admin(Permission::AuditView)),
    ("/admin/users/{id}/consents", Admin(Permission::PeopleView)),
    ("/admin/users/{id}/privacy", Admin(Permission::PeopleView)),
    ("/admin/users/{id}/export", Admin(Permission::PeopleExport)),
    ("/admin/users/{id}/export/read", Admin(Permission::PeopleExport)),
    ("/admin/users/{id}/export.json", Admin(Permission::PeopleExport)),
    ("/admin/users/{id}/erase", Admin(Permission::PeopleErase)),
    ("/admin/users/{id}/phone", Admin(Permission::PeopleChangePhone)),
    ("/admin/guessing", Admin(Permission::AuditView)),
    ("/admin/users", Admin(Permission::PeopleView)),
    ("/admin/users/export.csv", Admin(Permission::PeopleExport)),
    ("/admin/bulk/{id}", Admin(Permission::PeopleView)),
    ("/admin/users/{id}", Admin(Permission::PeopleView)),
    ("/admin/users/{id}/sessions", Admin(Permission::PeopleView)),
    ("/admin/users/{id}/bookings", Admin(Permission::PeopleView)),
    ("/admin/bookings", Admin(Permission::BookingOwn)),
    ("/admin/bookings/new", Admin(Permission::BookingOwn)),
    ("/admin/salons/{slug}/today", Admin(Permission::BookingOwn)),
    ("/admin/salons/{slug}/day", Admin(Permission::BookingOwn)),
    ("/admin/salons/{slug}/bookings/new", Admin(Permission::BookingOwn)),
    ("/admin/salons/{slug}/bookings/{id}", Admin(Permission::BookingOwn)),
    ("/admin/salons/{slug}/reviews", Admin(Permission::CatalogueEdit)),
];

#[test]
fn every_endpoint_page_and_form_has_its_line() {
    let document = server::openapi::json();
    let paths = document["paths"].as_object().expect("paths");
    let methods = |item: &Value| item.as_object().expect("methods").keys().cloned().collect::<Vec<_>>();
    let offered: BTreeSet<_> = paths
        .iter()
        .flat_map(|(path, item)| methods(item).into_iter().map(move |method| format!("{} {path}", method.to_uppercase())))
        .filter(|line| !line.starts_with("PARAMETERS"))
        .collect();
    assert_eq!(offered, ENDPOINTS.iter().map(|(line, ..)| (*line).to_owned()).collect());

    let forms: BTreeSet<_> = app::forms::addresses().iter().map(|path| (*path).to_owned()).collect();
    assert_eq!(forms, FORMS.iter().map(|(name, ..)| format!("/sf/{name}")).collect());

    // A router does not tell its routes; their addresses stand in one file, one a line.
    let routes = include_str!("../../../app/src/routes.rs");
    let addresses = routes.lines().filter_map(|line| line.trim().strip_prefix("pub const ")?.split('"').nth(1));
    assert_eq!(addresses.collect::<BTreeSet<_>>(), PAGES.iter().map(|(path, _)| *path).collect());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_endpoint_lets_in_whom_it_should() {
    let app = TestApp::sqlite().await;
    let id = target(&app).await;
    let call = |method_path: &str, body: &str| {
        let (method, path) = method_path.split_once(' ').expect("two words");
        let call = app.call(method, &concrete(path, &id));
        if body.is_empty() {
            call
        } else {
            let body: Value = serde_json::from_str(&concrete(body, &id)).expect("JSON");
            call.json(&body)
        }
    };
    for (line, gate, body) in ENDPOINTS {
        let answer = call(line, body).send().await;
        match gate {
            Open => assert_ne!(answer.status, StatusCode::FORBIDDEN, "{line}"),
            Provider => assert_eq!(answer.status, StatusCode::FORBIDDEN, "{line}"),
            SignedIn | Staff | Admin(_) | Either(..) => drop(answer.problem("unauthenticated")),
        }
    }
    let mut turn = 0;
    for doer in Doer::all() {
        turn += 1;
        let mut person = doer.app(&app, turn).await;
        let mut watch = Watch::new(&app).await;
        for (line, gate, body) in ENDPOINTS {
            if !person.is_alive().await {
                turn += 1;
                person = doer.app(&app, turn).await;
            }
            let before = watch.version().await;
            let answer = call(line, body).bearer(&person.access).send().await;
            let what = format!("{doer:?} {line}: {} {}", answer.status, answer.body);
            if let Some(code) = doer.refusal(*gate) {
                assert_eq!(answer.body["code"], code, "{what}");
                assert_eq!(watch.version().await, before, "{what}: something was written");
            } else if matches!(gate, SignedIn | Staff | Admin(_) | Either(..)) {
                assert!(!is_refusal(&answer), "{what}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_page_lets_in_whom_it_should() {
    let app = TestApp::sqlite().await;
    let id = target(&app).await;
    for (path, gate) in PAGES {
        let answer = Browser::default().get(&app, &concrete(path, &id)).await;
        match gate {
            Open | Provider => assert!(!answer.header("location").starts_with("/login?"), "{path}"),
            SignedIn | Staff | Admin(_) | Either(..) => {
                assert_eq!(answer.status, 303, "{path}");
                assert!(answer.header("location").starts_with("/login"), "{path} {}", answer.header("location"));
            }
        }
    }
    for (turn, doer) in (100..).zip(Doer::all()) {
        let mut browser = doer.browser(&app, turn).await;
        for (path, gate) in PAGES {
            let answer = browser.get(&app, &concrete(path, &id)).await;
            let (status, to) = (answer.status, answer.header("location"));
            let what = format!("{doer:?} {path}: {status} {to}");
            match gate {
                Open | Provider => assert!(!status.is_server_error(), "{what}"),
                SignedIn => assert!(!to.starts_with("/login?") && status != StatusCode::FORBIDDEN, "{what}"),
                Staff | Admin(_) | Either(..) => match doer.refusal(*gate) {
                    Some("second-factor-required") => assert!(to.starts_with("/admin/verify?next="), "{what}"),
                    Some(_) => assert_eq!(status, StatusCode::FORBIDDEN, "{what}"),
                    // The id is a person's: nothing else has it.
                    None => assert!(matches!(status.as_u16(), 200 | 404) || to.starts_with("/admin/"), "{what}"),
                },
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_form_lets_in_whom_it_should() {
    let app = TestApp::sqlite().await;
    let id = target(&app).await;
    let mut watch = Watch::new(&app).await;
    for (name, gate, body) in FORMS {
        let before = watch.version().await;
        let answer = Browser::default().submit(&app, &format!("/sf/{name}"), &concrete(body, &id)).await;
        assert!(!answer.status.is_server_error(), "{name}");
        if *gate != Open {
            assert_eq!(watch.version().await, before, "{name}: a stranger wrote");
        }
    }
    let mut writes = 0;
    for (turn, doer) in (200..).zip(Doer::all()) {
        let mut browser = doer.browser(&app, turn).await;
        for (name, gate, body) in FORMS {
            if !matches!(gate, Staff | Admin(_) | Either(..)) {
                continue;
            }
            let before = watch.version().await;
            let answer = browser.submit(&app, &format!("/sf/{name}"), &concrete(body, &id)).await;
            let what = format!("{doer:?} {name}: {} {}", answer.status, answer.header("location"));
            assert_eq!(answer.status, 303, "{what}");
            if let Some(code) = doer.refusal(*gate) {
                assert_eq!(watch.version().await, before, "{what}: something was written");
                // The page they are sent to says what is missing.
                let to = answer.header("location").to_owned();
                let page = browser.get(&app, &to).await;
                match code {
                    "second-factor-required" => {
                        let way = if to.starts_with("/admin/verify") { &to } else { page.header("location") };
                        assert!(way.starts_with("/admin/verify"), "{what}");
                    }
                    // The id is a person's: whoever may see salons finds none of that id.
                    _ if name.starts_with("admin-") && to.starts_with("/admin/salons/") => {
                        assert!(matches!(page.status.as_u16(), 403 | 404), "{what}");
                    }
                    _ => assert_eq!(page.status, StatusCode::FORBIDDEN, "{what}"),
                }
            } else {
                writes += usize::from(watch.version().await != before);
            }
        }
    }
    assert!(writes > 0, "what is written is noticed");
}

#[tokio::test]
async fn nobody_sets_what_only_the_service_sets() {
    let app = TestApp::sqlite().await;
    let customer = app.customer("+966501234567").await;
    for field in ["role", "roles", "is_phone_verified", "epoch", "status", "phone"] {
        let answer = customer.call("PATCH", "/api/me/").json(&json!({ field: "platform_admin" })).send().await;
        answer.problem("validation");
    }
}
