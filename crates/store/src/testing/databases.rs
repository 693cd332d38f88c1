//! A new database for each test, for this crate and those above it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::Barrier;

use crate::{Store, StoreOptions};

const VARIABLE: &str = "SALON_TEST_POSTGRES_URL";

/// A database of a test's own, its migrations in.
#[derive(Clone, Debug)]
pub struct Scratch {
    /// Connected.
    pub store: Store,
    /// For a second process or a second store on the same database.
    pub url: String,
}

/// Patient, because racing tests queue on purpose.
fn options() -> StoreOptions {
    let patient = Duration::from_mins(1);
    StoreOptions { acquire_timeout: patient, statement_timeout: patient, lock_timeout: patient, ..StoreOptions::default() }
}

async fn scratch(url: String) -> Scratch {
    let store = Store::connect(&url, &options()).await.expect("the database answers");
    store.migrate().await.expect("migrations run");
    Scratch { store, url }
}

/// Runs `body` on a new `SQLite` file.
///
/// # Panics
/// When the file cannot be made, and when `body` does.
pub async fn on_sqlite<F: Future<Output = ()> + Send + 'static>(body: impl FnOnce(Scratch) -> F) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let scratch = scratch(format!("sqlite://{}", folder.path().join("made/by/connect/salon.db").display())).await;
    body(scratch.clone()).await;
    scratch.store.close().await;
}

/// Runs `body` on a new `PostgreSQL` database.
///
/// # Panics
/// As [`on_postgres_url`] does.
pub async fn on_postgres<F: Future<Output = ()> + Send + 'static>(body: impl FnOnce(Scratch) -> F + Send + 'static) {
    on_postgres_url(|url| async move {
        let scratch = scratch(url).await;
        body(scratch.clone()).await;
        scratch.store.close().await;
    })
    .await;
}

/// Runs `body` on the URL of a new and empty `PostgreSQL` database, and drops that whatever happens.
///
/// # Panics
/// When `SALON_TEST_POSTGRES_URL` is not set or its server does not answer, and when `body` does: a missing service is a failure.
pub async fn on_postgres_url<F: Future<Output = ()> + Send + 'static>(body: impl FnOnce(String) -> F) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let admin_url = admin_url();
    let name = format!("salon_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    administer(&admin_url, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    administer(&admin_url, format!("CREATE DATABASE {name} TEMPLATE template0")).await;
    let (base, _) = admin_url.rsplit_once('/').expect("a URL with a database");
    let outcome = tokio::spawn(body(format!("{base}/{name}"))).await;
    administer(&admin_url, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    if let Err(failure) = outcome {
        std::panic::resume_unwind(failure.into_panic());
    }
}

#[expect(clippy::disallowed_methods, reason = "the one setting of these tests")]
fn admin_url() -> String {
    std::env::var(VARIABLE)
        .unwrap_or_else(|_| panic!("{VARIABLE} is not set: `cargo xtask test` starts a PostgreSQL and sets it"))
}

async fn administer(url: &str, statement: String) {
    let mut connection = PgConnection::connect(url).await.expect("PostgreSQL answers");
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.expect("allowed to make and drop databases");
    connection.close().await.expect("closes");
}

/// Runs `times` tasks that all start together; what each returned.
///
/// # Panics
/// When one of them does.
pub async fn at_once<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
    times: usize,
    task: impl Fn(usize) -> F,
) -> Vec<T> {
    let barrier = Arc::new(Barrier::new(times));
    let tasks: Vec<_> = (0..times)
        .map(|place| {
            let (barrier, future) = (barrier.clone(), task(place));
            tokio::spawn(async move {
                barrier.wait().await;
                future.await
            })
        })
        .collect();
    let mut outcomes = Vec::with_capacity(times);
    for task in tasks {
        outcomes.push(task.await.expect("no task panics"));
    }
    outcomes
}

/// Makes two tests of one body, `sqlite` and `postgres`, each on a database of its own:
/// `on_both! { async fn a_sentence(scratch) { … } }`. The caller has tokio with the multi-threaded runtime.
#[macro_export]
macro_rules! on_both {
    ($(#[$meta:meta])* async fn $name:ident($scratch:ident) $body:block) => {
        mod $name {
            use super::*;

            async fn body($scratch: $crate::testing::Scratch) $body

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn sqlite() {
                $crate::testing::on_sqlite(body).await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn postgres() {
                $crate::testing::on_postgres(body).await;
            }
        }
    };
}
