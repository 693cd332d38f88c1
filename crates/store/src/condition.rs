//! Whether work can be done now, asked the cheapest way.

use chrono::{DateTime, Utc};

use crate::{Backend, Instant, Store, StoreError, migrate};

/// What a database that answers is fit for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Everything.
    Good,
    /// It reads and does not write: a standby, or somebody said so.
    ReadOnly,
    /// Migrations of these names are not in yet.
    Pending(Vec<String>),
}

/// One round trip.
const POSTGRES: &str = "SELECT version, pg_is_in_recovery() OR current_setting('transaction_read_only')::BOOLEAN FROM _sqlx_migrations \
                        WHERE success = TRUE";
/// Touches no row, and fails all the same where a write would.
const SQLITE: &str = "UPDATE _sqlx_migrations SET success = success WHERE version = -1";

impl Store {
    /// Whether the database answers, has this release's schema and takes writes. Changes nothing. On `SQLite` it waits for its turn
    /// to write, as a request would: whoever asks sets the deadline.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it does not answer or cannot be written.
    pub async fn condition(&self) -> Result<Condition, StoreError> {
        let (applied, is_read_only) = match self.ask().await {
            Err(error) if migrate::is_missing_table(&error) => (Vec::new(), false),
            other => other?,
        };
        if is_read_only {
            self.health.learn_read_only();
            return Ok(Condition::ReadOnly);
        }
        let pending = migrate::missing(self, &applied);
        Ok(if pending.is_empty() { Condition::Good } else { Condition::Pending(pending) })
    }

    /// The database's clock. `None` on `SQLite`, which has none.
    pub async fn time(&self) -> Result<Option<DateTime<Utc>>, StoreError> {
        if self.backend() == Backend::Sqlite {
            return Ok(None);
        }
        let (time,) = fetch!(&mut self.read().await?, fetch_one, (Instant,), "SELECT clock_timestamp()")?;
        Ok(Some(time.0))
    }

    async fn ask(&self) -> Result<(Vec<i64>, bool), StoreError> {
        if self.backend() == Backend::Sqlite {
            let mut tx = self.write().await?;
            execute!(&mut tx, SQLITE)?;
            let rows = fetch!(&mut tx, fetch_all, (i64,), migrate::APPLIED)?;
            return Ok((rows.into_iter().map(|(version,)| version).collect(), false));
        }
        let rows = fetch!(&mut self.read().await?, fetch_all, (i64, bool), POSTGRES)?;
        let is_read_only = rows.iter().any(|(_, is_read_only)| *is_read_only);
        Ok((rows.into_iter().map(|(version, _)| version).collect(), is_read_only))
    }
}
