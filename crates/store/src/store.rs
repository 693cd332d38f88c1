//! The store: where connections come from.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use sqlx::{PgPool, SqlitePool};

use crate::health::Health;
use crate::tx::{Inner, Tx};
use crate::{Backend, StoreError, connect, migrate};

/// Connections that may turn out dead when a transaction begins, one after the other, before that is an error.
const DEAD_CONNECTIONS_BORNE: u32 = 2;

/// How to connect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreOptions {
    /// Connections at most; on `SQLite`, readers beside the one writer.
    pub max_connections: u32,
    /// Longest wait for a free connection.
    pub acquire_timeout: Duration,
    /// Longest statement (`PostgreSQL`).
    pub statement_timeout: Duration,
    /// Longest wait for a lock; on `SQLite`, for another process that writes.
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
    pub(crate) health: Health,
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

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    Read,
    Write,
    Alone,
}

impl Store {
    /// Connects to `sqlite://path` (the file and its folder are made), `postgres://…` or `postgresql://…`.
    ///
    /// # Errors
    /// [`StoreError::Url`] for any other scheme or a URL that cannot be read, [`StoreError::Unavailable`] when nothing answers.
    pub async fn connect(url: &str, options: &StoreOptions) -> Result<Self, StoreError> {
        let health = Health::default();
        let pools = connect::pools(url, options, &health).await?;
        Ok(Self { pools, statements: Arc::default(), health })
    }

    /// Brings the schema up to date. Safe to call from several processes at once.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        migrate::run(self).await
    }

    /// Names of the migrations that are not in yet, in order. Only reads.
    ///
    /// # Errors
    /// [`StoreError::Migration`] when one that is in was changed since.
    pub async fn pending_migrations(&self) -> Result<Vec<String>, StoreError> {
        migrate::pending(self).await
    }

    /// A connection without a transaction, for single statements that read: one round trip each. A write through it fails.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        self.open(Opening::Read).await
    }

    /// A transaction. Dropped without a commit, it never happened.
    pub async fn write(&self) -> Result<Tx, StoreError> {
        self.open(Opening::Write).await
    }

    /// A connection for statements that are transactions of their own: `None` on `SQLite`, where a batch is several statements.
    pub(crate) async fn alone(&self) -> Result<Option<Tx>, StoreError> {
        match self.pools {
            Pools::Sqlite { .. } => Ok(None),
            Pools::Postgres(_) => self.open(Opening::Alone).await.map(Some),
        }
    }

    /// Nothing has been done on a connection that turns out dead here, so another is tried. The pool asks the rest before it hands
    /// them out: more than one dead connection in a row means that the database is going down.
    async fn open(&self, opening: Opening) -> Result<Tx, StoreError> {
        for _ in 0..DEAD_CONNECTIONS_BORNE {
            match self.open_once(opening).await {
                Err(error) if self.health.learn(&error) => {}
                other => return Ok(self.tx(other?)),
            }
        }
        Ok(self.tx(self.open_once(opening).await?))
    }

    async fn open_once(&self, opening: Opening) -> Result<Inner, sqlx::Error> {
        if opening == Opening::Write {
            self.statements.fetch_add(1, Ordering::Relaxed);
        }
        Ok(match (&self.pools, opening) {
            (Pools::Sqlite { readers, .. }, Opening::Read) => Inner::SqliteRead(readers.acquire().await?),
            // Immediate: a transaction that reads first and writes later would lose to another writer at the write.
            (Pools::Sqlite { writer, .. }, _) => Inner::SqliteWrite(writer.begin_with("BEGIN IMMEDIATE").await?),
            (Pools::Postgres(pool), Opening::Read) => Inner::PostgresRead(pool.acquire().await?),
            (Pools::Postgres(pool), Opening::Alone) => Inner::PostgresAlone(pool.acquire().await?),
            (Pools::Postgres(pool), Opening::Write) => Inner::PostgresWrite(pool.begin().await?),
        })
    }

    fn tx(&self, inner: Inner) -> Tx {
        Tx::new(inner, self.statements.clone(), self.health.clone())
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        let mut tx = self.read().await?;
        execute!(&mut tx, "SELECT 1").map(|_| ())
    }

    /// Connections open, and those of them that nobody uses. On `SQLite`, readers and writer together.
    pub fn connections(&self) -> (usize, usize) {
        let counted = |size: u32, idle: usize| (usize::try_from(size).unwrap_or(usize::MAX), idle);
        match &self.pools {
            Pools::Sqlite { writer, readers } => counted(writer.size() + readers.size(), writer.num_idle() + readers.num_idle()),
            Pools::Postgres(pool) => counted(pool.size(), pool.num_idle()),
        }
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
