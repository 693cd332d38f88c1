//! The schema: embedded in the binary, one folder per database.

use std::sync::LazyLock;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::{ConnectOptions, Connection};

use crate::store::Pools;
use crate::{Store, StoreError};

static SQLITE: LazyLock<Migrator> = LazyLock::new(|| forward(sqlx::migrate!("../../migrations/sqlite")));
static POSTGRES: LazyLock<Migrator> = LazyLock::new(|| forward(sqlx::migrate!("../../migrations/postgres")));

pub(crate) const APPLIED: &str = "SELECT version FROM _sqlx_migrations WHERE success = TRUE ORDER BY version";
const SUMS: &str = "SELECT version, checksum FROM _sqlx_migrations WHERE success = TRUE ORDER BY version";

/// In a rolling upgrade a newer release has migrated already while this one still runs and restarts: what is in and not known here
/// is no fault. A migration only adds; what it replaces goes a release later.
fn forward(mut migrator: Migrator) -> Migrator {
    migrator.set_ignore_missing(true);
    migrator
}

fn migrator(store: &Store) -> &'static Migrator {
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
            // A connection of its own: a migration may take longer than a statement may, and waits for one that runs elsewhere. If
            // this process is killed while it waits, the server notices: nobody stands behind a dead one.
            let settings = [("statement_timeout", "0"), ("lock_timeout", "0"), ("client_connection_check_interval", "1000")];
            let mut connection = (*pool.connect_options()).clone().options(settings).connect().await?;
            let outcome = migrator(store).run_direct(None, &mut connection, false).await;
            let closed = connection.close().await;
            outcome?;
            closed?;
        }
    }
    Ok(())
}

pub(crate) async fn pending(store: &Store) -> Result<Vec<String>, StoreError> {
    let rows = match sums(store).await {
        Err(error) if is_missing_table(&error) => Vec::new(),
        other => other?,
    };
    for (version, sum) in &rows {
        if migrator(store).iter().any(|known| known.version == *version && *known.checksum != **sum) {
            return Err(MigrateError::VersionMismatch(*version).into());
        }
    }
    let applied: Vec<i64> = rows.into_iter().map(|(version, _)| version).collect();
    Ok(missing(store, &applied))
}

async fn sums(store: &Store) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
    fetch!(&mut store.read().await?, fetch_all, (i64, Vec<u8>), SUMS)
}

/// Names of the migrations that are not among those applied.
pub(crate) fn missing(store: &Store, applied: &[i64]) -> Vec<String> {
    let missing = migrator(store).iter().filter(|migration| !applied.contains(&migration.version));
    missing.map(|migration| format!("{:04}_{}", migration.version, migration.description.replace(' ', "_"))).collect()
}

pub(crate) fn is_missing_table(error: &StoreError) -> bool {
    let StoreError::Driver(sqlx::Error::Database(error)) = error else { return false };
    // PostgreSQL has a code of its own for it, SQLite only words.
    error.code().as_deref() == Some("42P01") || error.message().starts_with("no such table")
}
