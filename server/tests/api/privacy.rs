//! No code, token or full phone in the log or in the database file (security rule 12).

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use serde_json::json;
use tracing::instrument::WithSubscriber;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{OTHER, PHONE, TestApp};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("not poisoned").extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Lines {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Everything a person does, failures included; what must not be found anywhere.
async fn whole_flow(app: &TestApp) -> Vec<String> {
    let mut secrets = Vec::new();
    let id = app.challenge(PHONE).await;
    let code = app.code(PHONE).await;
    let wrong = if code == "000000" { "000001" } else { "000000" };
    app.post("/api/auth/phone/verify/").json(&json!({ "challenge_id": id, "code": wrong })).send().await.problem("invalid-code");
    app.post("/api/auth/phone/request/").json(&json!({ "phone": PHONE })).send().await.problem("quota-exceeded");
    app.post("/api/auth/phone/request/").json(&json!({ "phone": format!("{PHONE}x") })).send().await.problem("invalid-phone");
    app.advance(61);
    app.post("/api/auth/phone/resend/").json(&json!({ "challenge_id": id })).send().await.ok(202);
    let session = app.post("/api/auth/phone/verify/").json(&json!({ "challenge_id": id, "code": code })).send().await.ok(200);
    secrets.push(code);
    app.advance(61);
    let customer = app.customer(PHONE).await;
    let refreshed = customer.refresh().await.ok(200);
    for answer in [&session, &refreshed] {
        secrets.extend(["access", "refresh", "device_token"].map(|name| answer.text(name)));
    }
    let asked = customer.post("/api/me/phone/request/").json(&json!({ "phone": OTHER })).send().await.ok(202);
    let code = app.code(OTHER).await;
    let body = json!({ "challenge_id": asked.text("challenge_id"), "code": code });
    customer.post("/api/me/phone/verify/").json(&body).send().await.ok(200);
    secrets.push(code);
    customer.get(&format!("/api/me/?token={}", customer.access)).send().await.ok(200);
    customer.call("PATCH", "/api/me/").json(&json!({ "email": customer.phone })).send().await.problem("validation");
    customer.post("/api/auth/logout/").send().await.ok(204);
    customer.refresh().await.problem("session-ended");
    app.uc.purge(false).await.expect("purged");
    secrets
}

#[tokio::test]
async fn the_log_of_a_whole_flow_holds_no_code_token_or_phone() {
    let app = TestApp::sqlite().await;
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_writer(lines.clone()).finish();
    let secrets = whole_flow(&app).with_subscriber(subscriber).await;
    let log = String::from_utf8(lines.0.lock().expect("not poisoned").clone()).expect("UTF-8");
    assert!(log.matches("answered").count() >= 15, "requests are logged");
    for secret in secrets.iter().map(String::as_str).chain([PHONE, OTHER, "501234567", "551234567"]) {
        // Six digits stand in ids and times by chance: a code would stand alone.
        let found = if secret.len() == 6 { stands_alone(&log, secret) } else { log.contains(secret) };
        assert!(!found, "a secret is in the log");
    }
}

#[tokio::test]
async fn the_database_files_hold_no_code_and_no_token() {
    let app = TestApp::sqlite().await;
    let secrets = whole_flow(&app).await;
    let mut files = 0;
    for entry in std::fs::read_dir(app.folder()).expect("a folder").flatten() {
        if !entry.file_name().to_string_lossy().starts_with("salon.db") {
            continue;
        }
        files += 1;
        let bytes = std::fs::read(entry.path()).expect("readable");
        let text = String::from_utf8_lossy(&bytes);
        for secret in &secrets {
            let found = if secret.len() == 6 { stands_alone(&text, secret) } else { text.contains(secret.as_str()) };
            assert!(!found, "a secret is in {:?}", entry.file_name());
        }
    }
    assert!(files > 0);
}

/// Not a part of a longer run of digits or of an id.
fn stands_alone(text: &str, digits: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    text.match_indices(digits).any(|(at, found)| {
        let rest = &text[at + found.len()..];
        !is_part(text[..at].chars().next_back()) && !is_part(rest.chars().next())
    })
}
