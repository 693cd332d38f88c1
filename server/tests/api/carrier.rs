//! Messages leave by the signed webhook: the real binary and a stub of a provider.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use sms::testing::{Reply, Stub};
use store::outbox::{self, OutboxState};
use store::{Store, StoreOptions};
use tempfile::TempDir;
use tokio::sync::Semaphore;

use crate::support::{Binary, PHONE, salon};

const SECRET: &str = "0123456789abcdefghijklmnopqrstuvwxyz";

fn configure(folder: &Path, before: &str, url: &str, after: &str) {
    let sms = format!("[sms]\nprovider = 'webhook'\nwebhook_url = '{url}'\nwebhook_secret = '{SECRET}'\n");
    std::fs::write(folder.join("salon.toml"), format!("{before}\n{sms}\n{after}")).expect("written");
}

#[test]
fn production_is_content_with_a_webhook_and_keys_of_its_own() {
    let folder = TempDir::new().expect("a folder");
    let run = |args: &[&str]| {
        let output = salon(folder.path()).args(args).output().expect("runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let keys = run(&["keys", "generate"]);
    let before = "env = 'production'\n[server]\npublic_url = 'https://salon.example'";
    configure(folder.path(), before, "https://sms.example/send?key=hush-hush", &keys);
    let shown = run(&["check-config"]);
    assert!(shown.contains("https://sms.example/send?[redacted]"), "{shown}");
    assert!(!shown.contains(SECRET) && !shown.contains("hush-hush"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_provider_that_is_slow_holds_up_nobody_but_a_process_about_to_end() {
    let folder = TempDir::new().expect("a folder");
    let gate = Arc::new(Semaphore::new(0));
    let stub = Stub::start_gated(gate.clone(), |_| Reply::json(202, r#"{"id":"ref-1"}"#)).await;
    configure(folder.path(), "", &stub.url, "");
    let mut running = Binary::start(folder.path(), "info");
    let client = reqwest::Client::builder().build().expect("a client");
    let asked = client.post(format!("{}/api/auth/phone/request/", running.url)).json(&json!({ "phone": PHONE }));
    let answer = asked.send().await.expect("an answer");
    assert_eq!(answer.status(), 202, "before the provider has said anything");
    let dev = client.get(format!("{}/dev/sms.json", running.url)).send().await.expect("an answer");
    assert_eq!(dev.status(), 404, "what goes to phones is not shown");
    while stub.received().is_empty() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    running.terminate();
    while client.get(format!("{}/healthz", running.url)).send().await.is_ok() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // The door is closed; the provider answers only now.
    gate.add_permits(1);
    let status = tokio::task::spawn_blocking(move || running.child.wait().expect("it ends")).await.expect("waited");
    assert_eq!(status.code(), Some(0));

    let received = stub.received();
    assert_eq!((received.len(), received[0].field("to").as_str()), (1, PHONE));
    let url = format!("sqlite://{}", folder.path().join("data/salon.db").display());
    let store = Store::connect(&url, &StoreOptions::default()).await.expect("the file is there");
    let entries = outbox::list_recent(&mut store.read().await.expect("connects"), None, 10).await.expect("reads");
    assert_eq!(entries.iter().map(|entry| entry.state).collect::<Vec<_>>(), [OutboxState::Sent]);
    assert_eq!(received[0].field("id"), entries[0].id.to_string());
    store.close().await;

    let log = Binary::log(folder.path());
    let body: Value = serde_json::from_str(&received[0].body).expect("JSON");
    let code: String = body["body"].as_str().expect("text").chars().take_while(char::is_ascii_digit).collect();
    assert!(code.len() == 6 && !log.contains(&code) && !log.contains(&PHONE[4..]), "{log}");
}
