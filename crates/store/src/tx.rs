//! A connection in use: for reading as it is, for writing inside a transaction.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use crate::health::Health;
use crate::{Backend, StoreError, Write, batch};

/// What every function of this crate works on. Dropped without [`Tx::commit`], its writes are undone.
#[derive(Debug)]
pub struct Tx {
    inner: Inner,
    statements: Arc<AtomicU64>,
    health: Health,
}

#[derive(Debug)]
pub(crate) enum Inner {
    SqliteRead(PoolConnection<Sqlite>),
    SqliteWrite(Transaction<'static, Sqlite>),
    PostgresRead(PoolConnection<Postgres>),
    /// Each statement is a transaction of its own.
    PostgresAlone(PoolConnection<Postgres>),
    PostgresWrite(Transaction<'static, Postgres>),
}

/// The connection of one driver or the other.
pub(crate) enum Conn<'a> {
    Sqlite(&'a mut SqliteConnection),
    Postgres(&'a mut PgConnection),
}

impl Tx {
    pub(crate) const fn new(inner: Inner, statements: Arc<AtomicU64>, health: Health) -> Self {
        Self { inner, statements, health }
    }

    /// Refuses a statement that writes or locks on a connection for reading. `SQLite` would refuse the write itself; `PostgreSQL`
    /// would make it a transaction of its own, or lock and let go at once.
    ///
    /// # Errors
    /// [`StoreError::Driver`]: a mistake of ours.
    pub(crate) fn admit(&self, sql: &str) -> Result<(), StoreError> {
        let is_reading = matches!(self.inner, Inner::SqliteRead(_) | Inner::PostgresRead(_));
        if is_reading && !only_reads(sql) {
            return Err(StoreError::Driver(sqlx::Error::Protocol("a connection for reading was asked to write or lock".into())));
        }
        Ok(())
    }

    /// The connection, for one more statement.
    pub(crate) fn statement(&mut self) -> Conn<'_> {
        self.statements.fetch_add(1, Ordering::Relaxed);
        match &mut self.inner {
            Inner::SqliteRead(connection) => Conn::Sqlite(connection),
            Inner::SqliteWrite(transaction) => Conn::Sqlite(transaction),
            Inner::PostgresRead(connection) | Inner::PostgresAlone(connection) => Conn::Postgres(connection),
            Inner::PostgresWrite(transaction) => Conn::Postgres(transaction),
        }
    }

    /// Learns from the driver's error and sorts it.
    pub(crate) fn failed(&self, error: sqlx::Error) -> StoreError {
        self.health.learn(&error);
        error.into()
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
        self.admit(write.sql)?;
        let outcome = match self.statement() {
            Conn::Sqlite(connection) => batch::run_sqlite(connection, write).await,
            Conn::Postgres(connection) => batch::run_postgres(connection, write).await,
        };
        outcome.map_err(|error| self.failed(error))
    }

    /// Which database this is on.
    pub const fn backend(&self) -> Backend {
        match self.inner {
            Inner::SqliteRead(_) | Inner::SqliteWrite(_) => Backend::Sqlite,
            Inner::PostgresRead(_) | Inner::PostgresAlone(_) | Inner::PostgresWrite(_) => Backend::Postgres,
        }
    }

    /// Makes the writes last. A `Tx` from `read()` is simply given back.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the connection broke on the way: the writes may or may not be there.
    pub async fn commit(self) -> Result<(), StoreError> {
        let outcome = match self.inner {
            Inner::SqliteRead(_) | Inner::PostgresRead(_) | Inner::PostgresAlone(_) => return Ok(()),
            Inner::SqliteWrite(transaction) => transaction.commit().await,
            Inner::PostgresWrite(transaction) => transaction.commit().await,
        };
        self.statements.fetch_add(1, Ordering::Relaxed);
        outcome.map_err(|error| {
            self.health.learn(&error);
            error.into()
        })
    }
}

/// Whether our SQL, keywords in capitals, is one `SELECT` that leaves everything as it is. A `WITH` may hold writes.
fn only_reads(sql: &str) -> bool {
    let sql = sql.trim_start();
    let writes = ["INSERT INTO ", "UPDATE ", "DELETE FROM ", " FOR UPDATE", " FOR SHARE"];
    (sql.starts_with("SELECT") || sql.starts_with("WITH")) && !writes.iter().any(|words| sql.contains(words))
}

#[cfg(test)]
mod tests {
    use super::only_reads;

    #[test]
    fn only_a_plain_select_reads() {
        for sql in ["SELECT 1", "\n SELECT updated_at FROM users", "WITH a AS (SELECT 1) SELECT * FROM a"] {
            assert!(only_reads(sql), "{sql}");
        }
        for sql in [
            "INSERT INTO users (user_id) VALUES ($1)",
            "UPDATE users SET epoch = 1",
            "DELETE FROM users",
            "SELECT user_id FROM users FOR UPDATE OF users",
            "WITH gone AS (DELETE FROM users RETURNING user_id) SELECT count(*) FROM gone",
            "",
        ] {
            assert!(!only_reads(sql), "{sql}");
        }
    }
}
