//! The store: where connections come from.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::{PgPool, SqlitePool};

use crate::tx::{Inner, Tx};
use crate::{Backend, StoreError, connect, migrate};

/// How to connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreOptions {
    /// Connections at most; on `SQLite`, readers beside the one writer.
    pub max_connections: u32,
    /// Longest wait for a free connection.
    pub acquire_timeout: Duration,
    /// Longest statement (`PostgreSQL`).
    pub statement_timeout: Duration,
    /// Longest wait for a lock.
    pub lock_timeout: Duration,
}

impl Default for StoreOptions {
    fn default() -> Self {
        Self {
            max_connections: 16,
            acquire_timeout: Duration::from_secs(3),
            statement_timeout: Duration::from_secs(5),
            lock_timeout: Duration::from_secs(3),
        }
    }
}

/// One database. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) pools: Pools,
    statements: Arc<AtomicU64>,
}

#[derive(Clone, Debug)]
pub(crate) enum Pools {
    /// One connection writes; the others refuse to.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

impl Store {
    /// Connects to `sqlite://path` (the file and its folder are made), `postgres://…` or `postgresql://…`.
    ///
    /// # Errors
    /// [`StoreError::Url`] for any other scheme or a URL that cannot be read, [`StoreError::Unavailable`] when nothing answers.
    pub async fn connect(url: &str, options: &StoreOptions) -> Result<Self, StoreError> {
        let pools = connect::pools(url, options).await?;
        Ok(Self { pools, statements: Arc::default() })
    }

    /// Brings the schema up to date. Safe to call from several processes at once.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        migrate::run(self).await
    }

    /// Names of the migrations that are not in yet, in order. Only reads.
    pub async fn pending_migrations(&self) -> Result<Vec<String>, StoreError> {
        migrate::pending(self).await
    }

    /// A connection without a transaction, for single statements that read: one round trip each. On `SQLite` a write through it
    /// fails; on `PostgreSQL` it would be its own transaction.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        let inner = match &self.pools {
            Pools::Sqlite { readers, .. } => Inner::SqliteRead(readers.acquire().await?),
            Pools::Postgres(pool) => Inner::PostgresRead(pool.acquire().await?),
        };
        Ok(Tx::new(inner, self.statements.clone()))
    }

    /// A transaction. Dropped without a commit, it never happened.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        let inner = match &self.pools {
            // Immediate: a transaction that reads first and writes later would lose to another writer at the write.
            Pools::Sqlite { writer, .. } => Inner::SqliteWrite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => Inner::PostgresWrite(pool.begin().await?),
        };
        Ok(Tx::new(inner, self.statements.clone()))
    }

    /// A connection for one statement that is its own transaction (`PostgreSQL`).
    pub(crate) async fn alone(&self, pool: &PgPool) -> Result<Tx, StoreError> {
        Ok(Tx::new(Inner::PostgresRead(pool.acquire().await?), self.statements.clone()))
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let mut tx = self.read().await?;
        execute!(&mut tx, "SELECT 1").map(|_| ())
    }

    /// Statements sent so far, `BEGIN` and `COMMIT` included: for tests that compare the work of two requests.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Which database this is on.
    pub const fn backend(&self) -> Backend {
        match self.pools {
            Pools::Sqlite { .. } => Backend::Sqlite,
            Pools::Postgres(_) => Backend::Postgres,
        }
    }

    /// Waits for connections in use, then closes all.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                // Readers first: the last connection to leave folds the log into the file.
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }
}
