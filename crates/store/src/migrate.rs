//! The schema: embedded in the binary, one folder per database.

use sqlx::migrate::Migrator;
use sqlx::{ConnectOptions, Connection};

use crate::store::Pools;
use crate::{Store, StoreError};

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

const APPLIED: &str = "SELECT version FROM _sqlx_migrations WHERE success = TRUE ORDER BY version";

const fn migrator(store: &Store) -> &'static Migrator {
    match store.pools {
        Pools::Sqlite { .. } => &SQLITE,
        Pools::Postgres(_) => &POSTGRES,
    }
}

pub(crate) async fn run(store: &Store) -> Result<(), StoreError> {
    let mut left = pending(store).await?.len();
    loop {
        let Err(error) = run_once(store).await else { return Ok(()) };
        // Another process may have been faster (SQLite has no lock for this): then what failed here is done, or there is less left.
        let now_left = pending(store).await?.len();
        match now_left {
            0 if left > 0 => return Ok(()),
            n if n < left => left = n,
            _ => return Err(error),
        }
    }
}

// `run_direct` and not `run`: the future of the latter is not `Send` for every lifetime, so it could not be spawned.
async fn run_once(store: &Store) -> Result<(), StoreError> {
    match &store.pools {
        Pools::Sqlite { writer, .. } => migrator(store).run_direct(None, &mut *writer.acquire().await?, false).await?,
        Pools::Postgres(pool) => {
            // A connection of its own: a migration may take longer than a statement may, and waits for one that runs elsewhere.
            let mut connection =
                (*pool.connect_options()).clone().options([("statement_timeout", "0"), ("lock_timeout", "0")]).connect().await?;
            let outcome = migrator(store).run_direct(None, &mut connection, false).await;
            connection.close().await?;
            outcome?;
        }
    }
    Ok(())
}

pub(crate) async fn pending(store: &Store) -> Result<Vec<String>, StoreError> {
    let mut tx = store.read().await?;
    let applied: Vec<i64> = match fetch!(&mut tx, fetch_all, (i64,), APPLIED) {
        Ok(rows) => rows.into_iter().map(|(version,)| version).collect(),
        Err(StoreError::Driver(sqlx::Error::Database(error))) if is_missing_table(error.as_ref()) => Vec::new(),
        Err(error) => return Err(error),
    };
    let pending = migrator(store).iter().filter(|migration| !applied.contains(&migration.version));
    Ok(pending.map(|migration| format!("{:04}_{}", migration.version, migration.description.replace(' ', "_"))).collect())
}

fn is_missing_table(error: &dyn sqlx::error::DatabaseError) -> bool {
    // PostgreSQL has a code of its own for it, SQLite only words.
    error.code().as_deref() == Some("42P01") || error.message().starts_with("no such table")
}
