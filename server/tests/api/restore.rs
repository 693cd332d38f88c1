//! A backup is made, life goes on, the backup is put back: the real binary, from outside. The database is a file here, because files are
//! put back by copying; both databases are fenced in the tests of the use cases.

use std::path::Path;
use std::process::Output;
use std::time::Duration;

use reqwest::{Client, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Binary, OTHER, PHONE, salon};

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn run(folder: &Path, args: &[&str]) -> Output {
    salon(folder).args(args).output().expect("runs")
}

async fn stop(mut running: Binary) {
    running.terminate();
    let status = tokio::task::spawn_blocking(move || running.child.wait().expect("it ends")).await.expect("waited");
    assert_eq!(status.code(), Some(0));
}

/// The answer's status and body. A cooldown is waited for.
async fn send(request: RequestBuilder) -> (StatusCode, Value) {
    loop {
        let answer = request.try_clone().expect("no stream").send().await.expect("an answer");
        let status = answer.status();
        let body = answer.json().await.unwrap_or_default();
        if status != StatusCode::TOO_MANY_REQUESTS {
            return (status, body);
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}

/// What was texted to a phone, newest first.
async fn texts(client: &Client, url: &str, phone: &str) -> Vec<Value> {
    let (_, texts) = send(client.get(format!("{url}/dev/sms.json?to={}", phone.replace('+', "%2B")))).await;
    texts.as_array().expect("a list").clone()
}

/// A challenge and its code.
async fn ask(client: &Client, url: &str, phone: &str) -> (String, String) {
    let before = texts(client, url, phone).await.len();
    let (status, body) = send(client.post(format!("{url}/api/auth/phone/request/")).json(&json!({ "phone": phone }))).await;
    assert_eq!(status, 202, "{body}");
    let id = body["challenge_id"].as_str().expect("an id").to_owned();
    loop {
        let texts = texts(client, url, phone).await;
        if texts.len() > before {
            return (id, texts[0]["code"].as_str().expect("with a code").to_owned());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn enter(client: &Client, url: &str, id: &str, code: &str) -> (StatusCode, Value) {
    send(client.post(format!("{url}/api/auth/phone/verify/")).json(&json!({ "challenge_id": id, "code": code }))).await
}

async fn me(client: &Client, url: &str, session: &Value) -> StatusCode {
    send(client.get(format!("{url}/api/me/")).bearer_auth(session["access"].as_str().expect("a token"))).await.0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_restored_backup_opens_no_door_and_its_people_sign_in_again() {
    let folder = TempDir::new().expect("a folder");
    let (database, backup) = (folder.path().join("data/salon.db"), folder.path().join("backup.db"));
    let client = Client::builder().build().expect("a client");
    // The port, and with it the issuer, would be another after each start.
    let settings = "[otp]\ncooldown_s = 1\n[auth]\nissuer = 'https://salon.example'\n";
    std::fs::write(folder.path().join("salon.toml"), settings).expect("written");

    // What the backup knows: two people who are signed in.
    let running = Binary::start(folder.path(), "info");
    let url = running.url.clone();
    let (id, code) = ask(&client, &url, PHONE).await;
    let stays = enter(&client, &url, &id, &code).await.1;
    let (id, code) = ask(&client, &url, OTHER).await;
    let leaves = enter(&client, &url, &id, &code).await.1;
    assert_eq!((me(&client, &url, &stays).await, me(&client, &url, &leaves).await), (StatusCode::OK, StatusCode::OK));
    stop(running).await;
    std::fs::copy(&database, &backup).expect("a backup: the log was folded in at the end");

    // What it does not know: one of them erased herself.
    let running = Binary::start(folder.path(), "info");
    let url = running.url.clone();
    let access = leaves["access"].as_str().expect("a token");
    assert_eq!(send(client.delete(format!("{url}/api/me/")).bearer_auth(access)).await.0, 204);
    stop(running).await;
    let list = run(folder.path(), &["erasures"]);
    assert!(list.status.success(), "{}", text(&list));
    assert!(!String::from_utf8_lossy(&list.stdout).contains(&OTHER[4..]), "no phone in the list");
    std::fs::write(folder.path().join("list.jsonl"), &list.stdout).expect("kept");

    std::fs::copy(&backup, &database).expect("put back");
    let running = Binary::start(folder.path(), "info");
    for session in [&stays, &leaves] {
        assert_eq!(me(&client, &running.url, session).await, StatusCode::OK, "without a fence the past is alive");
    }
    stop(running).await;
    let refused = run(folder.path(), &["restore-fence", "--erasures", "list.jsonl"]);
    assert!(!refused.status.success(), "without --yes nothing is done");
    assert!(text(&refused).contains("2 sessions") && text(&refused).contains("erased again: 1"), "{}", text(&refused));
    let garbled = run(folder.path(), &["restore-fence", "--erasures", "backup.db", "--yes"]);
    assert!(!garbled.status.success() && text(&garbled).contains("backup.db"), "{}", text(&garbled));
    let done = run(folder.path(), &["restore-fence", "--erasures", "list.jsonl", "--yes"]);
    assert!(done.status.success(), "{}", text(&done));
    assert!(text(&done).contains("2 sessions and 2 known devices; erased again: 1"), "{}", text(&done));
    let again = run(folder.path(), &["restore-fence", "--yes"]);
    assert!(again.status.success() && text(&again).contains("0 sessions"), "{}", text(&again));
    assert_eq!(run(folder.path(), &["erasures"]).stdout, list.stdout, "the next list is whole");

    let running = Binary::start(folder.path(), "info");
    let url = running.url.clone();
    for session in [&stays, &leaves] {
        assert_eq!(me(&client, &url, session).await, StatusCode::UNAUTHORIZED);
        let refresh = json!({ "refresh": session["refresh"] });
        assert_eq!(send(client.post(format!("{url}/api/auth/token/refresh/")).json(&refresh)).await.0, StatusCode::UNAUTHORIZED);
    }
    let (id, code) = ask(&client, &url, PHONE).await;
    let (status, session) = enter(&client, &url, &id, &code).await;
    assert_eq!((status, &session["is_new_user"], &session["user"]["id"]), (StatusCode::OK, &json!(false), &stays["user"]["id"]));
    let (id, code) = ask(&client, &url, OTHER).await;
    let (status, session) = enter(&client, &url, &id, &code).await;
    assert_eq!((status, &session["is_new_user"]), (StatusCode::OK, &json!(true)), "the erased number starts anew");
    stop(running).await;
}
