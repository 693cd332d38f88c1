//! Several writes as one step: all of them or none, and one round trip on `PostgreSQL`.
//!
//! There they become one statement, each write a data-modifying CTE of it; `SQLite` has neither such CTEs nor round trips and runs
//! them one by one in a transaction. For both to mean the same, no write of a batch may read what another one of it wrote, and
//! no two may touch the same row (`PostgreSQL` shows all of them the database as it was before the first). Foreign keys are
//! checked at the end on both.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use sqlx::postgres::{PgArguments, PgDatabaseError};
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, PgConnection, Row, SqliteConnection};

use crate::tx::Conn;
use crate::{Store, StoreError, Tx, Write};

/// What became of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// All of it. For each write its value: the sum of `value` if it returns one, else the number of rows it touched.
    All(Vec<i64>),
    /// Nothing of it: the guarded write at this place touched no row.
    Stopped(usize),
}

impl Store {
    /// Applies `batch`, all or nothing, in the order given: that is also the order in which its rows are locked.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the connection broke on the way: the writes may or may not be there.
    pub async fn apply(&self, batch: Vec<Write<'_>>) -> Result<Applied, StoreError> {
        match self.alone().await? {
            Some(tx) => as_one_statement(tx, batch).await,
            None => one_by_one(self.write().await?, batch).await,
        }
    }

    /// Applies one write on its own: whether it touched a row.
    pub async fn apply_one(&self, write: Write<'_>) -> Result<bool, StoreError> {
        if let Some(mut tx) = self.alone().await? {
            return tx.run(write).await;
        }
        let mut tx = self.write().await?;
        let touched = tx.run(write).await?;
        tx.commit().await?;
        Ok(touched)
    }
}

async fn one_by_one(mut tx: Tx, batch: Vec<Write<'_>>) -> Result<Applied, StoreError> {
    let mut values = Vec::with_capacity(batch.len());
    for (place, write) in batch.into_iter().enumerate() {
        let is_guarded = write.is_guarded;
        let value = tx.value_of(write).await?;
        if is_guarded && value.is_none() {
            return Ok(Applied::Stopped(place));
        }
        values.push(value.unwrap_or_default());
    }
    tx.commit().await?;
    Ok(Applied::All(values))
}

async fn as_one_statement(mut tx: Tx, batch: Vec<Write<'_>>) -> Result<Applied, StoreError> {
    let sql = combined(&batch);
    let mut arguments = PgArguments::default();
    for bind in batch.iter().flat_map(|write| &write.binds) {
        bind.add_to(&mut arguments).map_err(sqlx::Error::Encode)?;
    }
    let Conn::Postgres(connection) = tx.statement() else { unreachable!("it came from a pool of PostgreSQL") };
    let row = match sqlx::query_with(AssertSqlSafe(sql), arguments).fetch_one(connection).await {
        Ok(row) => row,
        Err(error) => return stopped_at(&error).map(Applied::Stopped).ok_or_else(|| tx.failed(error)),
    };
    let values = (0..batch.len()).map(|place| row.try_get::<Option<i64>, _>(place).map(Option::unwrap_or_default));
    Ok(Applied::All(values.collect::<Result<_, _>>()?))
}

/// What `salon_require` of the migrations raises.
const REQUIRED: &str = "SL001";

fn stopped_at(error: &sqlx::Error) -> Option<usize> {
    let raised = error.as_database_error().filter(|raised| raised.code().as_deref() == Some(REQUIRED))?;
    raised.try_downcast_ref::<PgDatabaseError>()?.detail()?.parse().ok()
}

/// The texts and guards of a batch: the same shape always becomes the same statement, which the driver then has prepared.
type Shape = Vec<(&'static str, bool)>;

/// Statements by shape. There are as many as there are places in the code that apply a batch, times their branches.
static COMBINED: LazyLock<RwLock<HashMap<Shape, Arc<str>>>> = LazyLock::new(RwLock::default);

fn combined(batch: &[Write<'_>]) -> Arc<str> {
    let shape: Shape = batch.iter().map(|write| (write.sql, write.is_guarded)).collect();
    if let Some(sql) = COMBINED.read().unwrap_or_else(PoisonError::into_inner).get(&shape) {
        return sql.clone();
    }
    let sql: Arc<str> = combine(batch).into();
    COMBINED.write().unwrap_or_else(PoisonError::into_inner).insert(shape, sql.clone());
    sql
}

/// `WITH w0 AS (…), w1 AS (…) SELECT …`. Every write is named in the select list, whose expressions run from left to right: that
/// keeps the order in which rows are locked, and a guard stops before the writes behind it begin.
pub(crate) fn combine(batch: &[Write<'_>]) -> String {
    let (mut steps, mut select, mut binds) = (String::from("WITH "), String::from(" SELECT "), 0);
    for (place, write) in batch.iter().enumerate() {
        let comma = if place == 0 { "" } else { ", " };
        let returning = if write.returns_value() { "" } else { " RETURNING 1 AS value" };
        let text = renumbered(write.sql, binds);
        let value = format!("(SELECT CAST(sum(value) AS BIGINT) FROM w{place})");
        let value = if write.is_guarded { format!("salon_require({value}, {place})") } else { value };
        let _ = write!(steps, "{comma}w{place} AS ({text}{returning})");
        let _ = write!(select, "{comma}{value}");
        binds += write.binds.len();
    }
    steps + &select
}

/// `$1, $2 …` become `$<by+1>, $<by+2> …`.
fn renumbered(sql: &str, by: usize) -> String {
    let mut parts = sql.split('$');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
        let number: usize = part[..end].parse().unwrap_or_default();
        let _ = write!(text, "${}{}", number + by, &part[end..]);
    }
    text
}

macro_rules! run_on {
    ($(#[$meta:meta])* $name:ident, $connection:ty, $arguments:ty) => {
        $(#[$meta])*
        pub(crate) async fn $name(connection: &mut $connection, write: Write<'_>) -> Result<Option<i64>, sqlx::Error> {
            let mut arguments = <$arguments>::default();
            for bind in &write.binds {
                bind.add_to(&mut arguments).map_err(sqlx::Error::Encode)?;
            }
            let query = sqlx::query_with(write.sql, arguments);
            if write.returns_value() {
                let rows = query.fetch_all(connection).await?;
                return rows.iter().try_fold(None, |sum, row| {
                    let value: i32 = row.try_get("value")?;
                    Ok(Some(sum.unwrap_or(0) + i64::from(value)))
                });
            }
            let touched = query.execute(connection).await?.rows_affected();
            Ok(i64::try_from(touched).ok().filter(|rows| *rows > 0))
        }
    };
}

run_on! {
    /// Runs one write: its value, `None` when it touched no row.
    run_sqlite, SqliteConnection, SqliteArguments
}

run_on! {
    /// The same on `PostgreSQL`.
    run_postgres, PgConnection, PgArguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_become_one_statement_with_their_own_binds() {
        let batch = [
            Write::new("UPDATE a SET x = $2 WHERE k = $1", vec![1_i64.into(), 2_i64.into()]).guarded(),
            Write::new("INSERT INTO b VALUES ($1) RETURNING n AS value", vec![3_i64.into()]),
        ];
        assert_eq!(
            combine(&batch),
            "WITH w0 AS (UPDATE a SET x = $2 WHERE k = $1 RETURNING 1 AS value), \
             w1 AS (INSERT INTO b VALUES ($3) RETURNING n AS value) \
             SELECT salon_require((SELECT CAST(sum(value) AS BIGINT) FROM w0), 0), (SELECT CAST(sum(value) AS BIGINT) FROM w1)"
        );
    }

    #[test]
    fn every_place_of_a_bind_moves_by_as_much() {
        assert_eq!(renumbered("$1 $12 '$' $2)", 3), "$4 $15 '$3' $5)");
        assert_eq!(renumbered("no binds", 3), "no binds");
    }
}
