//! What can go wrong in a database, sorted by what a caller can do about it.

use std::error::Error as _;
use std::fmt;

use sqlx::error::DatabaseError;
use thiserror::Error;

/// An error of the store. Its text is for logs, never for callers.
#[derive(Error)]
pub enum StoreError {
    /// A row with the same key is there already.
    #[error("already taken: {constraint}")]
    Unique {
        /// Name of the constraint, the same on both databases.
        constraint: String,
    },
    /// A row that cannot be read back, or one that should be there and is not.
    #[error("inconsistent row: {0}")]
    Inconsistent(String),
    /// The database cannot answer now; trying again later may work.
    #[error("database unavailable")]
    Unavailable(#[source] sqlx::Error),
    /// The URL names no database we know.
    #[error("database URL: {0}")]
    Url(&'static str),
    /// The schema could not be brought up to date.
    #[error("migration failed")]
    Migration(#[source] sqlx::migrate::MigrateError),
    /// Everything else: a mistake of ours.
    #[error("database error")]
    Driver(#[source] sqlx::Error),
}

impl fmt::Debug for StoreError {
    /// What `Display` says, and the source with its own `Display`: the driver's `Debug` prints the failing row, phone included.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoreError({self}")?;
        if let Some(source) = self.source() {
            write!(f, ": {source}")?;
        }
        f.write_str(")")
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        use sqlx::Error as E;
        match error {
            E::Database(inner) => match classify(inner.as_ref()) {
                Kind::Unique(constraint) => Self::Unique { constraint },
                Kind::Unavailable => Self::Unavailable(E::Database(inner)),
                Kind::Other => Self::Driver(E::Database(inner)),
            },
            E::PoolTimedOut | E::PoolClosed | E::WorkerCrashed | E::BeginFailed | E::Io(_) | E::Tls(_) => {
                Self::Unavailable(error)
            }
            E::RowNotFound => Self::Inconsistent("a row that was just there is gone".into()),
            E::ColumnDecode { ref index, .. } => Self::Inconsistent(format!("column {index} does not read back")),
            _ => Self::Driver(error),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for StoreError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        match error {
            sqlx::migrate::MigrateError::Execute(inner) => match Self::from(inner) {
                Self::Driver(inner) => Self::Migration(sqlx::migrate::MigrateError::Execute(inner)),
                known => known,
            },
            other => Self::Migration(other),
        }
    }
}

enum Kind {
    Unique(String),
    Unavailable,
    Other,
}

fn classify(error: &dyn DatabaseError) -> Kind {
    if error.is_unique_violation() {
        let constraint = error.constraint().map_or_else(|| sqlite_constraint(error), str::to_owned);
        return Kind::Unique(constraint);
    }
    let code = error.code().unwrap_or_default();
    // Five characters are an SQLSTATE; SQLite's codes are shorter numbers, or longer ones without letters (extended codes).
    let is_unavailable = if error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().is_some() {
        is_postgres_unavailable(&code)
    } else {
        code.parse::<u32>().is_ok_and(is_sqlite_unavailable)
    };
    if is_unavailable { Kind::Unavailable } else { Kind::Other }
}

/// SQLSTATE (`PostgreSQL` manual, appendix A).
fn is_postgres_unavailable(code: &str) -> bool {
    let by_class = ["08", "53", "58"].iter().any(|class| code.starts_with(class));
    // Read-only, idle in transaction too long, serialization failure, deadlock, lock not available, query cancelled by a
    // timeout, shutdown, crash, starting up, database dropped.
    by_class || matches!(code, "25006" | "25P03" | "40001" | "40P01" | "55P03" | "57014" | "57P01" | "57P02" | "57P03" | "57P04")
}

/// Primary result codes (sqlite.org/rescode.html): busy, locked, no memory, read-only, I/O error, full, cannot open.
const fn is_sqlite_unavailable(code: u32) -> bool {
    matches!(code & 0xff, 5 | 6 | 7 | 8 | 10 | 13 | 14)
}

/// `SQLite` names the columns (`UNIQUE constraint failed: users.phone`), not the constraint; ours are named after their columns.
fn sqlite_constraint(error: &dyn DatabaseError) -> String {
    const PRIMARY_KEY: &str = "1555";
    let columns = error.message().rsplit(": ").next().unwrap_or_default();
    let table = columns.split('.').next().unwrap_or_default();
    if error.code().as_deref() == Some(PRIMARY_KEY) {
        return format!("{table}_pkey");
    }
    let names: Vec<&str> = columns.split(", ").filter_map(|column| column.split('.').nth(1)).collect();
    format!("{table}_{}_key", names.join("_"))
}
