//! From a URL to pools.

use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::pool::PoolOptions;
use sqlx::postgres::PgConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, Database, PgPool};

use crate::health::{Health, Verdict};
use crate::store::Pools;
use crate::{StoreError, StoreOptions};

pub(crate) async fn pools(url: &str, options: &StoreOptions, health: &Health) -> Result<Pools, StoreError> {
    match url.split_once(':').map(|(scheme, _)| scheme) {
        Some("sqlite") => sqlite(url, options, health).await,
        Some("postgres" | "postgresql") => postgres(url, options, health).await,
        _ => Err(StoreError::Url("expected sqlite://path, postgres://… or postgresql://…")),
    }
}

fn pool<DB: Database>(options: &StoreOptions, health: &Health) -> PoolOptions<DB> {
    let health = health.clone();
    PoolOptions::new().acquire_timeout(options.acquire_timeout).test_before_acquire(false).before_acquire(
        move |connection: &mut DB::Connection, meta| {
            let (verdict, health) = (health.judge(meta.age, meta.idle_for), health.clone());
            Box::pin(async move {
                // One that comes back with a transaction could not roll back: SQLite has done so by itself when its disk was full, and
                // the driver would go on believing in that transaction.
                if verdict == Verdict::Replace || connection.is_in_transaction() {
                    return Ok(false);
                }
                if verdict == Verdict::Ask
                    && let Err(error) = connection.ping().await
                {
                    health.learn(&error);
                    return Err(error);
                }
                Ok(true)
            })
        },
    )
}

async fn sqlite(url: &str, options: &StoreOptions, health: &Health) -> Result<Pools, StoreError> {
    let base = SqliteConnectOptions::from_str(url)
        .map_err(|_| StoreError::Url("cannot read the sqlite:// URL"))?
        .foreign_keys(true)
        .busy_timeout(options.lock_timeout);
    if let Some(folder) = base.get_filename().parent().filter(|folder| *folder != Path::new("")) {
        std::fs::create_dir_all(folder).map_err(|error| StoreError::Unavailable(error.into()))?;
    }
    // The writer first: it makes the file and turns on the write-ahead log, which readers may not.
    let writer = base.clone().create_if_missing(true).journal_mode(SqliteJournalMode::Wal).synchronous(SqliteSynchronous::Full);
    let writer = pool(options, health).max_connections(1).idle_timeout(None).max_lifetime(None).connect_with(writer).await?;
    let readers =
        pool(options, health).max_connections(options.max_connections).connect_with(base.pragma("query_only", "ON")).await?;
    Ok(Pools::Sqlite { writer, readers })
}

async fn postgres(url: &str, options: &StoreOptions, health: &Health) -> Result<Pools, StoreError> {
    let milliseconds = |span: Duration| span.as_millis().to_string();
    // As start-up parameters: they cost no statement of their own.
    let connection = PgConnectOptions::from_str(url)
        .map_err(|_| StoreError::Url("cannot read the postgres:// URL"))?
        .application_name("salon")
        .options([
            ("statement_timeout", milliseconds(options.statement_timeout)),
            ("lock_timeout", milliseconds(options.lock_timeout)),
            // Between two statements of ours there is only computing: a longer pause means that nobody is there any more.
            ("idle_in_transaction_session_timeout", milliseconds(options.statement_timeout * 2)),
        ]);
    let pool: PgPool = pool(options, health).max_connections(options.max_connections).connect_with(connection).await?;
    Ok(Pools::Postgres(pool))
}
