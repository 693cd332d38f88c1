//! What can be done to a database from outside while others use it.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::StoreError;

/// Makes an empty database on a `PostgreSQL` server; its URL. `name` is a plain word.
///
/// # Errors
/// `Unavailable`, and `Driver` when it is there already.
pub async fn create_database(admin_url: &str, name: &str) -> Result<String, StoreError> {
    let mut connection = PgConnection::connect(admin_url).await?;
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE template0"))).execute(&mut connection).await?;
    connection.close().await?;
    let (base, _) = admin_url.rsplit_once('/').ok_or(StoreError::Url("no database in it"))?;
    Ok(format!("{base}/{name}"))
}

/// Ends every other connection to this `PostgreSQL` database: how many.
///
/// # Errors
/// `Unavailable`.
pub async fn terminate_backends(url: &str) -> Result<i64, StoreError> {
    let mut connection = PgConnection::connect(url).await?;
    let (count,): (i64,) = sqlx::query_as(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'",
    )
    .fetch_one(&mut connection)
    .await?;
    connection.close().await?;
    Ok(count)
}

/// A lock that is held until it is released.
#[derive(Debug)]
pub enum Hold {
    /// A table nobody else can read or write.
    Table(PgConnection),
    /// The one writer's place of a file.
    Writer(SqliteConnection),
}

impl Hold {
    /// Locks `users` of a `PostgreSQL` database against everybody.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn users(url: &str) -> Result<Self, StoreError> {
        let mut connection = PgConnection::connect(url).await?;
        sqlx::raw_sql("BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE").execute(&mut connection).await?;
        Ok(Self::Table(connection))
    }

    /// Takes the writer's place of a `SQLite` file.
    ///
    /// # Errors
    /// `Unavailable` when another had it for too long.
    pub async fn writer(url: &str) -> Result<Self, StoreError> {
        let options: SqliteConnectOptions = url.parse().map_err(|_| StoreError::Url("cannot read the sqlite:// URL"))?;
        let mut connection = SqliteConnection::connect_with(&options).await?;
        sqlx::raw_sql("BEGIN IMMEDIATE").execute(&mut connection).await?;
        Ok(Self::Writer(connection))
    }

    /// Gives it back, nothing changed.
    ///
    /// # Errors
    /// `Unavailable` when the connection is gone, and the lock with it.
    pub async fn release(self) -> Result<(), StoreError> {
        match self {
            Self::Table(mut connection) => {
                sqlx::raw_sql("ROLLBACK").execute(&mut connection).await?;
                connection.close().await?;
            }
            Self::Writer(mut connection) => {
                sqlx::raw_sql("ROLLBACK").execute(&mut connection).await?;
                connection.close().await?;
            }
        }
        Ok(())
    }
}
