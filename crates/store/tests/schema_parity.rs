//! The two schemas, compared as the databases themselves describe them. It says nothing about types, which differ on purpose.

use std::collections::BTreeSet;

use sqlx::{Connection, PgConnection, SqliteConnection};
use store::testing::Scratch;

type Names = BTreeSet<String>;

#[derive(Debug, PartialEq, Eq)]
struct Schema {
    /// `table.column` and whether it may be null.
    columns: Names,
    /// `table: constraint`.
    constraints: Names,
    /// `table: index (columns)`, those made by hand.
    indexes: Names,
}

const SQLITE_TABLES: &str =
    "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlx_%'";
const SQLITE_COLUMNS: &str = "SELECT name, \"notnull\" FROM pragma_table_xinfo($1)";
const SQLITE_INDEXES: &str = "SELECT name FROM pragma_index_list($1) WHERE origin = 'c'";
const SQLITE_INDEX_COLUMNS: &str = "SELECT name FROM pragma_index_info($1) ORDER BY seqno";
const SQLITE_STRICT: &str = "SELECT name FROM pragma_table_list WHERE strict = 0 AND schema = 'main' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlx_%'";

const POSTGRES_COLUMNS: &str = "SELECT table_name::text, column_name::text, is_nullable = 'YES' FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_sqlx\\_%'";
const POSTGRES_CONSTRAINTS: &str = "SELECT conrelid::regclass::text, conname::text FROM pg_constraint
    WHERE connamespace = current_schema()::regnamespace AND conrelid::regclass::text NOT LIKE '\\_sqlx\\_%' AND contype NOT IN ('n', 'x')";
const POSTGRES_INDEXES: &str =
    "SELECT tablename::text, indexname::text, (SELECT string_agg(attname, ', ' ORDER BY attnum) FROM pg_attribute
    WHERE attrelid = indexname::regclass) FROM pg_indexes WHERE schemaname = current_schema() AND tablename NOT LIKE '\\_sqlx\\_%'
    AND indexname NOT IN (SELECT conname FROM pg_constraint)";

fn column(table: &str, name: &str, may_be_null: bool) -> String {
    format!("{table}.{name}{}", if may_be_null { " null" } else { "" })
}

async fn sqlite_schema(url: &str) -> Schema {
    let mut connection = SqliteConnection::connect(url).await.expect("opens");
    let mut schema = Schema { columns: Names::new(), constraints: Names::new(), indexes: Names::new() };
    let lax: Vec<(String,)> = sqlx::query_as(SQLITE_STRICT).fetch_all(&mut connection).await.expect("reads");
    assert!(lax.is_empty(), "not STRICT: {lax:?}");
    let tables: Vec<(String, String)> = sqlx::query_as(SQLITE_TABLES).fetch_all(&mut connection).await.expect("reads");
    for (table, sql) in tables {
        let columns: Vec<(String, bool)> =
            sqlx::query_as(SQLITE_COLUMNS).bind(&table).fetch_all(&mut connection).await.expect("reads");
        schema.columns.extend(columns.iter().map(|(name, is_required)| column(&table, name, !is_required)));
        // SQLite knows no names of constraints, but it keeps the words.
        let named = sql.split("CONSTRAINT ").skip(1).filter_map(|rest| rest.split_whitespace().next());
        schema.constraints.extend(named.map(|name| format!("{table}: {name}")));
        let indexes: Vec<(String,)> =
            sqlx::query_as(SQLITE_INDEXES).bind(&table).fetch_all(&mut connection).await.expect("reads");
        for (index,) in indexes {
            let columns: Vec<(String,)> =
                sqlx::query_as(SQLITE_INDEX_COLUMNS).bind(&index).fetch_all(&mut connection).await.expect("reads");
            let columns: Vec<String> = columns.into_iter().map(|(name,)| name).collect();
            schema.indexes.insert(format!("{table}: {index} ({})", columns.join(", ")));
        }
    }
    schema
}

async fn postgres_schema(url: &str) -> Schema {
    let mut connection = PgConnection::connect(url).await.expect("answers");
    let columns: Vec<(String, String, bool)> = sqlx::query_as(POSTGRES_COLUMNS).fetch_all(&mut connection).await.expect("reads");
    let constraints: Vec<(String, String)> =
        sqlx::query_as(POSTGRES_CONSTRAINTS).fetch_all(&mut connection).await.expect("reads");
    let indexes: Vec<(String, String, String)> =
        sqlx::query_as(POSTGRES_INDEXES).fetch_all(&mut connection).await.expect("reads");
    connection.close().await.expect("closes");
    Schema {
        columns: columns.iter().map(|(table, name, may_be_null)| column(table, name, *may_be_null)).collect(),
        constraints: constraints.iter().map(|(table, name)| format!("{table}: {name}")).collect(),
        indexes: indexes.iter().map(|(table, name, columns)| format!("{table}: {name} ({columns})")).collect(),
    }
}

#[tokio::test]
async fn the_two_schemas_are_the_same() {
    store::testing::on_sqlite(async |scratch: Scratch| {
        let sqlite = sqlite_schema(&scratch.url).await;
        compare_with_postgres(sqlite).await;
    })
    .await;
}

async fn compare_with_postgres(sqlite: Schema) {
    store::testing::on_postgres(async move |scratch: Scratch| {
        let postgres = postgres_schema(&scratch.url).await;
        assert!(!postgres.columns.is_empty() && !postgres.constraints.is_empty() && !postgres.indexes.is_empty());
        assert_eq!(sqlite.columns, postgres.columns);
        assert_eq!(sqlite.constraints, postgres.constraints);
        assert_eq!(sqlite.indexes, postgres.indexes);
    })
    .await;
}

#[tokio::test]
async fn every_name_follows_the_pattern() {
    store::testing::on_postgres(async |scratch: Scratch| {
        let schema = postgres_schema(&scratch.url).await;
        for name in schema.constraints.iter().chain(&schema.indexes) {
            let (table, rest) = name.split_once(": ").expect("a table");
            let name = rest.split(' ').next().expect("a name");
            assert!(name.starts_with(&format!("{table}_")), "{name}");
            assert!(["_pkey", "_key", "_check", "_idx", "_fkey"].iter().any(|end| name.ends_with(end)), "{name}");
        }
    })
    .await;
}
