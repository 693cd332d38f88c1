//! One expression, expanded once per driver.

/// Runs `$body` with `$conn` bound to the connection of whichever database `$tx` is on and `$sql` to the text, and counts one
/// statement.
macro_rules! dispatch {
    ($tx:expr, $sql:ident = $text:expr, |$conn:ident| $body:expr) => {{
        let $sql: &'static str = $text;
        let tx: &mut $crate::Tx = $tx;
        tx.admit($sql)?;
        let outcome = match tx.statement() {
            $crate::tx::Conn::Sqlite($conn) => $body,
            $crate::tx::Conn::Postgres($conn) => $body,
        };
        outcome.map_err(|error| tx.failed(error))
    }};
}

/// Runs a statement for its effect: the number of rows it touched.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        dispatch!($tx, text = $sql, |conn| sqlx::query(text)$(.bind($bind))*.execute(conn).await.map(|done| done.rows_affected()))
    };
}

/// Runs a statement and reads its rows as `$row`, with `fetch_one`, `fetch_optional` or `fetch_all`.
macro_rules! fetch {
    ($tx:expr, $how:ident, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        dispatch!($tx, text = $sql, |conn| sqlx::query_as::<_, $row>(text)$(.bind($bind))*.$how(conn).await)
    };
}

/// The same with a plan of its own for these values: for a statement whose right index is another from value to value. `PostgreSQL` would
/// else settle on one plan for all values, which takes every optional condition for one that hardly anybody passes.
macro_rules! fetch_planned {
    ($tx:expr, $how:ident, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        dispatch!($tx, text = $sql, |conn| {
            sqlx::query_as::<_, $row>(text).persistent(false)$(.bind($bind))*.$how(conn).await
        })
    };
}

/// SQL that deletes at most `$2` rows of before `$1`, oldest first. The condition stands twice: a row that another transaction has
/// just moved past `$1` is looked at again by `PostgreSQL` with the outer one only.
macro_rules! delete_before {
    ($table:literal, $key:literal, $column:literal $(, $also:literal)?) => {
        concat!(
            "DELETE FROM ", $table, " WHERE ", $column, " < $1", $(" AND ", $also,)? " AND ", $key, " IN (SELECT ", $key, " FROM ", $table,
            " WHERE ", $column, " < $1", $(" AND ", $also,)? " ORDER BY ", $column, " LIMIT $2)"
        )
    };
}
