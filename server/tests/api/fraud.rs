//! `salon fraud`: the real binary counts, stops, and tells what it saw and what it would have done.

use std::path::Path;
use std::process::Output;

use reqwest::Client;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Binary, salon};

async fn run(folder: &Path, args: &[&str]) -> Output {
    let mut command = salon(folder);
    command.args(args);
    tokio::task::spawn_blocking(move || command.output().expect("runs")).await.expect("waited")
}

async fn stop(mut running: Binary) {
    running.terminate();
    let status = tokio::task::spawn_blocking(move || running.child.wait().expect("it ends")).await.expect("waited");
    assert_eq!(status.code(), Some(0));
}

/// Status, body and `Retry-After`.
async fn ask(client: &Client, url: &str, number: u32) -> (u16, Value, Option<u64>) {
    let body = json!({ "phone": format!("+96650123456{number}") });
    let answer = client.post(format!("{url}/api/auth/phone/request/")).json(&body).send().await.expect("an answer");
    let wait = answer.headers().get("retry-after").map(|value| value.to_str().expect("text").parse().expect("seconds"));
    (answer.status().as_u16(), answer.json().await.expect("JSON"), wait)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_brake_that_was_on_is_on_after_a_restart_and_its_events_can_be_replayed() {
    let folder = TempDir::new().expect("a folder");
    let client = Client::builder().build().expect("a client");
    // Four are lost before it refuses; only the prefix is sensitive.
    let settings = "[fraud]\nprefix_typing = 0\nprefix_lost = 4\nrefusal_factor = 1\n";
    std::fs::write(folder.path().join("salon.toml"), settings).expect("written");
    let running = Binary::start(folder.path(), "info");
    for number in 0..4 {
        assert_eq!(ask(&client, &running.url, number).await.0, 202);
    }
    let is_refused = |(status, body, wait): (u16, Value, Option<u64>)| {
        assert_eq!(status, 429, "{body}");
        assert_eq!(body["violated_policies"], json!(["sms-brake"]));
        assert!(wait.is_some_and(|seconds| seconds > 3_000 && seconds <= 3_600), "{wait:?}");
        assert_eq!(body["retry_after"].as_u64(), wait);
    };
    is_refused(ask(&client, &running.url, 4).await);
    stop(running).await;
    let running = Binary::start(folder.path(), "info");
    is_refused(ask(&client, &running.url, 5).await);
    let log = Binary::log(folder.path());
    assert!(log.contains("the fraud brake was tightened") && log.contains("prefix:+96650"), "{log}");
    stop(running).await;

    let events = run(folder.path(), &["fraud", "events"]).await;
    let text = String::from_utf8(events.stdout).expect("UTF-8");
    assert!(events.status.success() && text.lines().count() == 4, "{text}");
    assert!(!text.contains("50123456") && !text.contains("127.0.0"), "{text}");
    std::fs::write(folder.path().join("events.jsonl"), &text).expect("written");
    let replayed = run(folder.path(), &["fraud", "replay", "events.jsonl", "--set", "prefix_lost=3"]).await;
    let said = String::from_utf8_lossy(&replayed.stdout).into_owned();
    assert!(said.starts_with("4 codes asked for: 3 let through, 0 only with proof of work, 1 refused."), "{said}");
    let wrong = run(folder.path(), &["fraud", "replay", "events.jsonl", "--set", "lost=3"]).await;
    assert!(!wrong.status.success() && String::from_utf8_lossy(&wrong.stderr).contains("no threshold"));
}
