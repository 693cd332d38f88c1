//! One new PostgreSQL database per test.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, PgConnection};

const VARIABLE: &str = "SALON_TEST_POSTGRES_URL";

/// Runs `body` on the URL of a new database and drops that whatever happens.
pub async fn on_postgres<F: Future<Output = ()> + Send + 'static>(body: impl FnOnce(String) -> F) {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let admin_url = admin_url();
    let name = format!("salon_api_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    administer(&admin_url, format!("CREATE DATABASE {name} TEMPLATE template0")).await;
    let (base, _) = admin_url.rsplit_once('/').expect("a URL with a database");
    let outcome = tokio::spawn(body(format!("{base}/{name}"))).await;
    administer(&admin_url, format!("DROP DATABASE {name} WITH (FORCE)")).await;
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
