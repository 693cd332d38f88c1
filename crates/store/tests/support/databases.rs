//! One new database per test.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use store::{Store, StoreOptions};

const VARIABLE: &str = "SALON_TEST_POSTGRES_URL";

/// Patient, because racing tests queue on purpose.
fn options() -> StoreOptions {
    let patient = Duration::from_mins(1);
    StoreOptions { acquire_timeout: patient, statement_timeout: patient, lock_timeout: patient, ..StoreOptions::default() }
}

/// Runs `body` on a new `SQLite` file.
pub async fn on_sqlite<F: Future<Output = ()> + Send + 'static>(body: impl FnOnce(Store) -> F) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("made/by/connect/salon.db").display());
    let store = Store::connect(&url, &options()).await.expect("SQLite opens");
    store.migrate().await.expect("migrations run");
    body(store.clone()).await;
    store.close().await;
}

/// Runs `body` on a new `PostgreSQL` database.
pub async fn on_postgres<F: Future<Output = ()> + Send + 'static>(body: impl FnOnce(Store) -> F + Send + 'static) {
    on_postgres_url(|url| async move {
        let store = Store::connect(&url, &options()).await.expect("PostgreSQL answers");
        body(store.clone()).await;
        store.close().await;
    })
    .await;
}

/// Runs `body` on the URL of a new `PostgreSQL` database with the schema, and drops that whatever happens.
pub async fn on_postgres_url<F: Future<Output = ()> + Send + 'static>(body: impl FnOnce(String) -> F) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let admin_url = admin_url();
    let name = format!("salon_store_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    administer(&admin_url, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    administer(&admin_url, format!("CREATE DATABASE {name} TEMPLATE template0")).await;
    let (base, _) = admin_url.rsplit_once('/').expect("a URL with a database");
    let url = format!("{base}/{name}");
    let store = Store::connect(&url, &options()).await.expect("PostgreSQL answers");
    store.migrate().await.expect("migrations run");
    store.close().await;
    let outcome = tokio::spawn(body(url)).await;
    administer(&admin_url, format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await;
    if let Err(failure) = outcome {
        std::panic::resume_unwind(failure.into_panic());
    }
}

#[expect(clippy::disallowed_methods, reason = "the one setting of these tests")]
fn admin_url() -> String {
    std::env::var(VARIABLE).unwrap_or_else(|_| panic!("{VARIABLE} is not set: `cargo xtask test` starts a PostgreSQL and sets it"))
}

async fn administer(url: &str, statement: String) {
    let mut connection = PgConnection::connect(url).await.expect("PostgreSQL answers");
    sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.expect("allowed to make and drop databases");
    connection.close().await.expect("closes");
}
