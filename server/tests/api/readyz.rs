//! `/readyz` tells the truth, and at once.

use std::time::Duration;

use store::testing::injections::{Hold, terminate_backends};
use store::testing::{Raw, on_postgres_url, on_writer};

use crate::support::{TestApp, api_test};

const READ_ONLY: &str =
    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$";
const NO_MORE: &str =
    "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET default_transaction_read_only', current_database()); END $$";

/// Not ready, and says when to ask again. Much sooner than a request would give up: those of `TestApp` wait for a minute.
async fn is_not_ready(app: &TestApp) {
    let answer = tokio::time::timeout(Duration::from_secs(30), app.get("/readyz").send()).await.expect("an answer by itself");
    let answer = answer.problem("unavailable");
    assert!(answer.header("retry-after").parse::<u64>().is_ok_and(|seconds| seconds > 0));
    app.get("/healthz").send().await.ok(200);
}

/// Ready again without a restart.
async fn becomes_ready(app: &TestApp) {
    for _ in 0..600 {
        if app.get("/readyz").send().await.status == 200 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it does not become ready again");
}

fn url(app: &TestApp) -> String {
    app.config.database.url.expose().clone()
}

api_test! {
    async fn a_service_without_its_migrations_is_not_ready(app) {
        let mut raw = Raw::connect(&url(&app)).await;
        raw.run("UPDATE _sqlx_migrations SET version = -version").await;
        is_not_ready(&app).await;
        raw.run("UPDATE _sqlx_migrations SET version = -version").await;
        app.get("/readyz").send().await.ok(200);
        raw.run("DROP TABLE _sqlx_migrations").await;
        is_not_ready(&app).await;
    }
}

api_test! {
    async fn a_service_whose_database_is_closed_is_not_ready(app) {
        app.uc.store().close().await;
        is_not_ready(&app).await;
    }
}

api_test! {
    async fn a_service_that_is_asked_to_stop_is_not_ready(app) {
        app.get("/readyz").send().await.ok(200);
        app.readiness.drain();
        is_not_ready(&app).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_that_cannot_be_written_is_not_ready() {
    let app = TestApp::sqlite().await;
    on_writer(app.uc.store(), "PRAGMA query_only = ON").await;
    is_not_ready(&app).await;
    becomes_ready(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_in_another_writers_hands_is_not_ready() {
    let app = TestApp::with("[database]\nstatement_timeout_s = 60\nlock_timeout_s = 60").await;
    let hold = Hold::writer(&url(&app)).await.expect("takes it");
    is_not_ready(&app).await;
    hold.release().await.expect("gives it back");
    becomes_ready(&app).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_takes_no_writes_is_not_ready_until_it_does() {
    on_postgres_url(|url| async move {
        let app = TestApp::on(&url).await;
        let mut raw = Raw::connect(&url).await;
        raw.run(READ_ONLY).await;
        // Connections that are open keep what they were told, as they do in a fail-over until they break.
        let others = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()";
        assert!(raw.number(others).await > 0);
        is_not_ready(&app).await;
        is_not_ready(&app).await;
        raw.run(NO_MORE).await;
        becomes_ready(&app).await;
        // A connection that was opened just before may still refuse, and is replaced.
        for number in 0..600 {
            let body = serde_json::json!({ "phone": format!("050{number:07}") });
            let status = app.post("/api/auth/phone/request/").json(&body).send().await.status.as_u16();
            assert!(matches!(status, 202 | 503), "{status}");
            if status == 202 {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("it does not take writes again");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_with_no_connection_to_spare_is_not_ready() {
    on_postgres_url(|url| async move {
        let app = TestApp::on(&url).await;
        let mut held = Vec::new();
        for _ in 0..app.config.database.max_connections {
            held.push(app.uc.store().read().await.expect("connects"));
        }
        is_not_ready(&app).await;
        drop(held);
        becomes_ready(&app).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_service_whose_connections_were_all_killed_goes_on() {
    on_postgres_url(|url| async move {
        let app = TestApp::on(&url).await;
        let customer = app.customer(crate::support::PHONE).await;
        for _ in 0..3 {
            terminate_backends(&url).await.expect("allowed to");
            // The first to read may be told; nobody after.
            let first = customer.get("/api/me/").send().await;
            assert!(matches!(first.status.as_u16(), 200 | 503), "{}", first.status);
            for _ in 0..20 {
                customer.get("/api/me/").send().await.ok(200);
            }
            app.get("/readyz").send().await.ok(200);
        }
    })
    .await;
}
