//! No code, token or full phone in the log or in the database files (security rule 12), seen from outside the real binary.

use std::path::Path;

use reqwest::{Client, Method};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Binary, OTHER, PHONE, wrong};

struct Caller {
    url: String,
    client: Client,
}

impl Caller {
    async fn call(&self, method: Method, path: &str, token: &str, body: Value, status: u16) -> Value {
        let answer = self.client.request(method, format!("{}{path}", self.url)).bearer_auth(token).json(&body).send().await;
        let answer = answer.expect("an answer");
        assert_eq!(answer.status(), status, "{path}");
        answer.json().await.unwrap_or_default()
    }

    async fn post(&self, path: &str, body: Value, status: u16) -> Value {
        self.call(Method::POST, path, "none", body, status).await
    }

    /// The code in the sink, once the worker has put it there.
    async fn code(&self, phone: &str) -> String {
        let url = format!("{}/dev/sms.json?to={}", self.url, phone.replace('+', "%2B"));
        loop {
            let messages: Value = self.client.get(&url).send().await.expect("an answer").json().await.expect("JSON");
            if let Some(code) = messages[0]["code"].as_str() {
                return code.to_owned();
            }
            tokio::task::yield_now().await;
        }
    }
}

/// Everything a person does, failures included; what must not be found anywhere.
async fn whole_flow(url: &str) -> Vec<String> {
    let caller = Caller { url: url.to_owned(), client: Client::builder().build().expect("a client") };
    let challenge = caller.post("/api/auth/phone/request/", json!({ "phone": PHONE }), 202).await;
    let id = &challenge["challenge_id"];
    let code = caller.code(PHONE).await;
    let wrong = wrong(&code);
    caller.post("/api/auth/phone/verify/", json!({ "challenge_id": id, "code": wrong }), 422).await;
    caller.post("/api/auth/phone/request/", json!({ "phone": PHONE }), 429).await;
    caller.post("/api/auth/phone/request/", json!({ "phone": format!("{PHONE}x") }), 422).await;
    caller.post("/api/auth/phone/request/", json!({ "phone": [PHONE] }), 422).await;
    let session = caller.post("/api/auth/phone/verify/", json!({ "challenge_id": id, "code": code }), 200).await;
    let refreshed = caller.post("/api/auth/token/refresh/", json!({ "refresh": session["refresh"] }), 200).await;
    let mut secrets = vec![code];
    for answer in [&session, &refreshed] {
        secrets.extend(["access", "refresh", "device_token"].map(|name| answer[name].as_str().expect("a token").to_owned()));
    }
    let token = refreshed["access"].as_str().expect("a token");
    let asked = caller.call(Method::POST, "/api/me/phone/request/", token, json!({ "phone": OTHER }), 202).await;
    let code = caller.code(OTHER).await;
    let body = json!({ "challenge_id": asked["challenge_id"], "code": code });
    caller.call(Method::POST, "/api/me/phone/verify/", token, body, 200).await;
    secrets.push(code);
    caller.call(Method::GET, &format!("/api/me/?token={token}&phone={PHONE}"), token, Value::Null, 200).await;
    caller.call(Method::PATCH, "/api/me/", token, json!({ "email": PHONE }), 422).await;
    caller.call(Method::GET, &format!("/{PHONE}"), token, Value::Null, 404).await;
    caller.call(Method::POST, "/api/auth/logout/", token, Value::Null, 204).await;
    caller.post("/api/auth/token/refresh/", json!({ "refresh": refreshed["refresh"] }), 401).await;
    secrets
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn neither_the_log_nor_the_database_holds_a_code_or_a_token_and_the_log_no_phone() {
    let folder = TempDir::new().expect("a folder");
    let mut running = Binary::start(folder.path(), "debug");
    let secrets = whole_flow(&running.url).await;
    let databases = files(&folder.path().join("data"));
    running.terminate();
    running.child.wait().expect("it ends");

    let log = Binary::log(folder.path());
    assert!(log.matches("answered").count() >= 15, "requests are logged");
    for secret in secrets.iter().map(String::as_str).chain([PHONE, OTHER, "501234567", "551234567"]) {
        assert!(!holds(&log, secret), "a secret is in the log");
    }
    assert!(databases.iter().any(|(name, _)| name == "salon.db"));
    for (name, text) in databases.into_iter().chain(files(&folder.path().join("data"))) {
        for secret in &secrets {
            assert!(!holds(&text, secret), "a secret is in {name}");
        }
    }
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(folder).expect("a folder").flatten();
    entries
        .map(|entry| {
            let bytes = std::fs::read(entry.path()).expect("readable");
            (entry.file_name().to_string_lossy().into_owned(), String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}

/// Six digits stand in ids and times by chance: a code would stand alone.
fn holds(text: &str, secret: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'));
    text.match_indices(secret).any(|(at, found)| {
        let rest = &text[at + found.len()..];
        secret.len() > 6 || !(is_part(text[..at].chars().next_back()) || is_part(rest.chars().next()))
    })
}
