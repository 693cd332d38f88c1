//! The real binary and its database: started twice at once, killed in the middle, upgraded one by one, left alone.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use store::testing::{Raw, on_postgres_url};
use tempfile::TempDir;

use crate::support::{Binary, salon};

/// A migration of a later release, as its row.
const LATER: &str = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
    SELECT 9000, 'later', success, checksum, 1 FROM _sqlx_migrations WHERE version = 1";
const WAITING: &str = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
const LOCKED: &str = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// `salon migrate`, running.
fn migrate(folder: &Path, url: &str) -> Child {
    let mut command = salon(folder);
    command.env("DATABASE_URL", url).arg("migrate").stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("starts")
}

async fn end(child: Child) -> Output {
    tokio::task::spawn_blocking(|| child.wait_with_output().expect("ends")).await.expect("no panic")
}

/// It went well and said this.
async fn says(child: Child, words: &str) {
    let output = end(child).await;
    assert!(output.status.success() && text(&output).contains(words), "{words}: {}", text(&output));
}

async fn refuses(command: &mut Command, words: &[&str]) -> String {
    let said = end(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("starts")).await;
    assert!(!said.status.success(), "{}", text(&said));
    for word in words {
        assert!(text(&said).contains(word), "{word} in {}", text(&said));
    }
    text(&said)
}

/// Every migration is in, once, and a person can be added.
async fn is_whole(folder: &Path, url: &str) {
    says(migrate(folder, url), "Nothing to do.").await;
    let mut command = salon(folder);
    command.env("DATABASE_URL", url).args(["user", "add", "0501234567"]).stdout(Stdio::piped()).stderr(Stdio::piped());
    says(command.spawn().expect("starts"), "pending").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn processes_that_migrate_one_server_at_once_all_end_well() {
    on_postgres_url(|url| async move {
        let folder = TempDir::new().expect("a folder");
        let mut raw = Raw::connect(&url).await;
        let mut watch = Raw::connect(&url).await;
        // A table of the first migration's name, not committed: nobody gets past it until all are there.
        raw.run("BEGIN; CREATE TABLE users ()").await;
        let running: Vec<_> = (0..4).map(|_| migrate(folder.path(), &url)).collect();
        watch.until(WAITING, 4).await;
        assert_eq!(watch.number(LOCKED).await, 1);
        raw.run("ROLLBACK").await;
        for child in running {
            let output = end(child).await;
            assert!(output.status.success(), "{}", text(&output));
        }
        is_whole(folder.path(), &url).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn processes_that_migrate_one_file_at_once_all_end_well() {
    let folder = TempDir::new().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("salon.db").display());
    let running: Vec<_> = (0..4).map(|_| migrate(folder.path(), &url)).collect();
    for child in running {
        let output = end(child).await;
        assert!(output.status.success(), "{}", text(&output));
    }
    is_whole(folder.path(), &url).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_migration_that_is_killed_half_way_on_a_server_is_done_again() {
    on_postgres_url(|url| async move {
        let folder = TempDir::new().expect("a folder");
        let mut raw = Raw::connect(&url).await;
        let mut watch = Raw::connect(&url).await;
        raw.run("BEGIN; CREATE TABLE users ()").await;
        let mut child = migrate(folder.path(), &url);
        watch.until(WAITING, 1).await;
        // SIGKILL.
        child.kill().expect("runs still");
        end(child).await;
        // What waited for it is free, although the table is not.
        watch.until(LOCKED, 0).await;
        raw.run("ROLLBACK").await;
        says(migrate(folder.path(), &url), "0001_people_and_codes").await;
        is_whole(folder.path(), &url).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_migration_that_is_killed_anywhere_on_a_file_is_done_again() {
    let folder = TempDir::new().expect("a folder");
    let url = format!("sqlite://{}", folder.path().join("salon.db").display());
    // Once while another writes, and then wherever it happens to be.
    let mut raw = Raw::connect(&url).await;
    raw.run("PRAGMA journal_mode = WAL; BEGIN IMMEDIATE").await;
    for pause_ms in [400, 0, 10, 20, 30, 40, 60, 80, 100] {
        let mut child = migrate(folder.path(), &url);
        tokio::time::sleep(Duration::from_millis(pause_ms)).await;
        let _ = child.kill();
        end(child).await;
        if pause_ms == 400 {
            raw.run("ROLLBACK").await;
        }
    }
    let output = end(migrate(folder.path(), &url)).await;
    assert!(output.status.success(), "{}", text(&output));
    is_whole(folder.path(), &url).await;
    assert_eq!(raw.number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'").await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_older_release_serves_a_database_of_a_later_one_and_not_one_that_was_changed() {
    on_postgres_url(|url| async move {
        let folder = TempDir::new().expect("a folder");
        says(migrate(folder.path(), &url), "Done: 0001").await;
        let mut raw = Raw::connect(&url).await;
        raw.run(LATER).await;
        says(migrate(folder.path(), &url), "Nothing to do.").await;
        std::fs::write(folder.path().join("salon.toml"), format!("[database]\nurl = '{url}'\n")).expect("written");
        let path = folder.path().to_owned();
        let running = tokio::task::spawn_blocking(move || Binary::start(&path, "info")).await.expect("starts");
        let client = reqwest::Client::builder().build().expect("a client");
        assert_eq!(client.get(format!("{}/readyz", running.url)).send().await.expect("an answer").status(), 200);
        drop(running);

        raw.run("UPDATE _sqlx_migrations SET checksum = '\\x00' WHERE version = 1").await;
        let words = ["migration 1 was previously applied but has been modified"];
        for arguments in [&["serve"][..], &["serve", "--migrate"], &["migrate"]] {
            refuses(salon(folder.path()).args(arguments), &words).await;
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_does_not_answer_stops_the_start_and_the_password_is_not_told() {
    let folder = TempDir::new().expect("a folder");
    for command in ["serve", "migrate"] {
        let said = refuses(
            salon(folder.path())
                .env("DATABASE_URL", "postgres://salon:hush-hush@127.0.0.1:1/salon?password=hush-hush")
                .env("SALON__DATABASE__ACQUIRE_TIMEOUT_S", "1")
                .arg(command),
            &["cannot connect to the database at 127.0.0.1:1/salon", "database.url"],
        )
        .await;
        assert!(!said.contains("hush"), "{said}");
    }
}
