//! SQL from outside: what an operator, another release or a fault does to a database.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection, Either, PgConnection, SqliteConnection};

use crate::store::Pools;
use crate::{Backend, Store};

/// A connection beside the store's.
#[derive(Debug)]
pub struct Raw(Either<SqliteConnection, PgConnection>);

impl Raw {
    /// Connects to an existing database.
    ///
    /// # Panics
    /// When it does not answer.
    pub async fn connect(url: &str) -> Self {
        Self(if url.starts_with("sqlite:") {
            let options: SqliteConnectOptions = url.parse().expect("a URL");
            Either::Left(SqliteConnection::connect_with(&options.create_if_missing(true)).await.expect("the file opens"))
        } else {
            Either::Right(PgConnection::connect(url).await.expect("PostgreSQL answers"))
        })
    }

    /// Runs statements as they stand.
    ///
    /// # Panics
    /// When one fails.
    pub async fn run(&mut self, sql: &str) {
        self.attempt(sql).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// The same: what the database said when one failed.
    ///
    /// # Errors
    /// Its words.
    pub async fn attempt(&mut self, sql: &str) -> Result<(), String> {
        let query = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match &mut self.0 {
            Either::Left(connection) => query.execute(connection).await.map(drop),
            Either::Right(connection) => query.execute(connection).await.map(drop),
        }
        .map_err(|error| error.to_string())
    }

    /// The one number that a query gives, as `BIGINT`.
    ///
    /// # Panics
    /// When it gives none.
    pub async fn number(&mut self, sql: &str) -> i64 {
        let sql = AssertSqlSafe(sql.to_owned());
        match &mut self.0 {
            Either::Left(connection) => sqlx::query_scalar(sql).fetch_one(connection).await,
            Either::Right(connection) => sqlx::query_scalar(sql).fetch_one(connection).await,
        }
        .expect("one number")
    }

    /// All rows of a query that gives one text each.
    ///
    /// # Panics
    /// When it does not.
    pub async fn texts(&mut self, sql: &str) -> Vec<String> {
        let query = AssertSqlSafe(sql.to_owned());
        match &mut self.0 {
            Either::Left(connection) => sqlx::query_scalar(query).fetch_all(connection).await,
            Either::Right(connection) => sqlx::query_scalar(query).fetch_all(connection).await,
        }
        .unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// Which database this is.
    pub const fn backend(&self) -> Backend {
        match &self.0 {
            Either::Left(_) => Backend::Sqlite,
            Either::Right(_) => Backend::Postgres,
        }
    }

    /// Asks again and again until the answer is `wanted`, for a minute.
    ///
    /// # Panics
    /// When it never is.
    pub async fn until(&mut self, sql: &str, wanted: i64) {
        for _ in 0..1200 {
            if self.number(sql).await == wanted {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("{sql} never became {wanted}");
    }
}

/// Runs a statement, such as a pragma, on the connection of a `SQLite` store that writes.
///
/// # Panics
/// When it fails, and on `PostgreSQL`.
pub async fn on_writer(store: &Store, sql: &'static str) {
    let Pools::Sqlite { writer, .. } = &store.pools else { panic!("PostgreSQL has no one writer") };
    sqlx::raw_sql(sql).execute(writer).await.expect("runs");
}

/// Whether a `PostgreSQL` store talks over TLS.
///
/// # Panics
/// When it does not answer, and on `SQLite`.
pub async fn is_encrypted(store: &Store) -> bool {
    let Pools::Postgres(pool) = &store.pools else { panic!("a file has no wire") };
    sqlx::query_scalar("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetch_one(pool).await.expect("answers")
}
