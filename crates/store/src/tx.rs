//! A connection in use: for reading as it is, for writing inside a transaction.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use crate::{Backend, StoreError, Write, batch};

/// What every function of this crate works on. Dropped without [`Tx::commit`], its writes are undone.
#[derive(Debug)]
pub struct Tx {
    inner: Inner,
    statements: Arc<AtomicU64>,
}

#[derive(Debug)]
pub(crate) enum Inner {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteWrite(Transaction<'static, Sqlite>),
    PostgresRead(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
}

/// The connection of one driver or the other.
pub(crate) enum Conn<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

impl Tx {
    pub(crate) const fn new(inner: Inner, statements: Arc<AtomicU64>) -> Self {
        Self { inner, statements }
    }

    /// The connection, for one more statement.
    pub(crate) fn statement(&mut self) -> Conn<'_> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        match &mut self.inner {
            Inner::SqliteRead(connection) => Conn::Sqlite(connection),
            Inner::SqliteWrite(transaction) => Conn::Sqlite(transaction),
            Inner::PostgresRead(connection) => Conn::Postgres(connection),
            Inner::PostgresWrite(transaction) => Conn::Postgres(transaction),
        }
    }

    /// Runs one write: whether it touched a row.
    pub async fn run(&mut self, write: Write<'_>) -> Result<bool, StoreError> {
        Ok(self.value_of(write).await?.is_some())
    }

    /// Runs one write: how many rows it touched.
    pub async fn count(&mut self, write: Write<'_>) -> Result<u64, StoreError> {
        Ok(self.value_of(write).await?.and_then(|rows| u64::try_from(rows).ok()).unwrap_or_default())
    }

    /// Runs one write: its value (see [`crate::Applied::All`]), `None` when it touched no row.
    pub(crate) async fn value_of(&mut self, write: Write<'_>) -> Result<Option<i64>, StoreError> {
        match self.statement() {
            Conn::Sqlite(connection) => batch::run_sqlite(connection, write).await,
            Conn::Postgres(connection) => batch::run_postgres(connection, write).await,
        }
        .map_err(StoreError::from)
    }

    /// Which database this is on.
    pub const fn backend(&self) -> Backend {
        match self.inner {
            Inner::SqliteRead(_) | Inner::SqliteWrite(_) => Backend::Sqlite,
            Inner::PostgresRead(_) | Inner::PostgresWrite(_) => Backend::Postgres,
        }
    }

    /// Makes the writes last. A `Tx` from `read()` is simply given back.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the connection broke on the way: the writes may or may not be there.
    pub async fn commit(self) -> Result<(), StoreError> {
        let outcome = match self.inner {
            Inner::SqliteRead(_) | Inner::PostgresRead(_) => return Ok(()),
            Inner::SqliteWrite(transaction) => transaction.commit().await,
            Inner::PostgresWrite(transaction) => transaction.commit().await,
        };
        self.statements.fetch_add(1, Ordering::Relaxed);
        outcome.map_err(StoreError::from)
    }
}
