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
    /// Somebody else has that time with that member of staff.
    #[error("the slot is taken")]
    SlotTaken,
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
                Kind::SlotTaken => Self::SlotTaken,
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
    SlotTaken,
    Unavailable,
    Other,
}

/// The exclusion constraint of `bookings` on `PostgreSQL`, and what its triggers raise on `SQLite`.
const NO_OVERLAP: &str = "bookings_no_overlap";
const SLOT_TAKEN: &str = "slot_taken";

fn classify(error: &dyn DatabaseError) -> Kind {
    if error.constraint() == Some(NO_OVERLAP) || (!is_postgres(error) && error.message() == SLOT_TAKEN) {
        return Kind::SlotTaken;
    }
    if error.is_unique_violation() {
        let constraint = error.constraint().map_or_else(|| sqlite_constraint(error), str::to_owned);
        return Kind::Unique(constraint);
    }
    let code = error.code().unwrap_or_default();
    // Five characters are an SQLSTATE; SQLite's codes are shorter numbers, or longer ones without letters (extended codes).
    let is_unavailable =
        if is_postgres(error) { is_postgres_unavailable(&code) } else { code.parse::<u32>().is_ok_and(is_sqlite_unavailable) };
    if is_unavailable { Kind::Unavailable } else { Kind::Other }
}

/// SQLSTATE (`PostgreSQL` manual, appendix A).
fn is_postgres_unavailable(code: &str) -> bool {
    // Connection, log-in refused, out of disk or connections or memory, the operator or a timeout stopped it, the system failed.
    let by_class = ["08", "28", "53", "57", "58"].iter().any(|class| code.starts_with(class));
    // Read-only, idle in transaction too long, no such database, serialization failure, deadlock, lock not available.
    by_class || matches!(code, "25006" | "25P03" | "3D000" | "40001" | "40P01" | "55P03")
}

/// SQLSTATEs after which the server closes the connection: failed connections, idle for too long, shutdown, crash, starting up,
/// database dropped.
fn is_postgres_dead(code: &str) -> bool {
    code.starts_with("08") || code.starts_with("57P") || code == "25P03"
}

/// What an error tells about the connection it came from, and so about those beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    /// It is of no use any more.
    Dead,
    /// It reads and does not write.
    ReadOnly,
    Nothing,
}

pub(crate) fn sign(error: &sqlx::Error) -> Sign {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::WorkerCrashed => Sign::Dead,
        sqlx::Error::Database(inner) => sign_of(is_postgres(inner.as_ref()), &inner.code().unwrap_or_default()),
        _ => Sign::Nothing,
    }
}

fn sign_of(is_postgres: bool, code: &str) -> Sign {
    match (is_postgres, code) {
        (true, "25006") => Sign::ReadOnly,
        (true, code) if is_postgres_dead(code) => Sign::Dead,
        (false, code) if code.parse::<u32>().is_ok_and(|code| code & 0xff == 8) => Sign::ReadOnly,
        _ => Sign::Nothing,
    }
}

fn is_postgres(error: &dyn DatabaseError) -> bool {
    error.try_downcast_ref::<sqlx::postgres::PgDatabaseError>().is_some()
}

/// Primary result codes (sqlite.org/rescode.html): busy, locked, no memory, read-only, I/O error, full, cannot open, a race for the
/// write-ahead log.
const fn is_sqlite_unavailable(code: u32) -> bool {
    matches!(code & 0xff, 5 | 6 | 7 | 8 | 10 | 13 | 14 | 15)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_postgres_may_get_over_is_unavailable() {
        for code in [
            "08000", "08003", "08006", "25006", "25P03", "28P01", "3D000", "40001", "40P01", "53000", "53100", "53200", "53300",
            "53400", "55P03", "57014", "57P01", "57P02", "57P03", "57P04", "57P05", "58000", "58030",
        ] {
            assert!(is_postgres_unavailable(code), "{code}");
        }
        // Broken rules of a table, a transaction gone on with after an error, no rights, mistakes in the text, damage.
        for code in ["22001", "23503", "23505", "23514", "25P02", "42501", "42601", "42703", "42P01", "XX001", ""] {
            assert!(!is_postgres_unavailable(code), "{code}");
        }
    }

    #[test]
    fn what_sqlite_may_get_over_is_unavailable() {
        // 261: busy while recovering, 517: a stale snapshot, 1032: the file was moved away, 778: a write that failed.
        for code in [5, 6, 7, 8, 10, 13, 14, 15, 261, 517, 778, 1032] {
            assert!(is_sqlite_unavailable(code), "{code}");
        }
        // An error in the text, damage, a broken rule, misuse, not a database.
        for code in [1, 11, 19, 21, 26, 787, 2067] {
            assert!(!is_sqlite_unavailable(code), "{code}");
        }
    }

    #[test]
    fn a_connection_is_dead_or_read_only_by_its_code() {
        for code in ["08006", "25P03", "57P01", "57P02", "57P03", "57P05"] {
            assert_eq!(sign_of(true, code), Sign::Dead, "{code}");
        }
        for code in ["57014", "55P03", "40001", "23505", "53100"] {
            assert_eq!(sign_of(true, code), Sign::Nothing, "{code}");
        }
        assert_eq!(sign_of(true, "25006"), Sign::ReadOnly);
        assert_eq!(
            (sign_of(false, "8"), sign_of(false, "1032"), sign_of(false, "5")),
            (Sign::ReadOnly, Sign::ReadOnly, Sign::Nothing)
        );
        assert_eq!(sign(&sqlx::Error::WorkerCrashed), Sign::Dead);
        assert_eq!(sign(&sqlx::Error::PoolTimedOut), Sign::Nothing);
    }
}
