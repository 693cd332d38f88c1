//! Every table and column there is, as the database itself tells it: to put a person into all of them, and to look for them afterwards.
//! A new table is found here by itself.

use uuid::Uuid;

use super::Raw;
use crate::Backend;

/// A table.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A column that can be written.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type, in the database's own word, in capitals.
    pub kind: String,
    /// Whether it may be empty.
    pub may_be_null: bool,
    /// The first value of a closed list, if it has one.
    pub choice: Option<String>,
}

impl Column {
    /// Whether people's words can be in it.
    fn is_text(&self) -> bool {
        self.kind == "TEXT" && self.choice.is_none() && !self.is_instant()
    }

    fn is_instant(&self) -> bool {
        let ends = ["_at", "_until", "_date", "blocked_from", "blocked_to"];
        self.name == "at" || ends.iter().any(|end| self.name.ends_with(end))
    }
}

impl Table {
    /// The column that says whose a row is.
    pub fn owner(&self) -> Option<&str> {
        let is_owner = |name: &&str| matches!(*name, "user_id" | "customer_id") || name.ends_with("_user_id");
        self.columns.iter().map(|column| column.name.as_str()).find(is_owner)
    }
}

/// Who is put into the tables.
#[derive(Clone, Debug)]
pub struct Somebody {
    /// Whose rows.
    pub user: Uuid,
    /// A session of theirs.
    pub session: Uuid,
    /// Their phone, for columns of phones.
    pub phone: String,
    /// What every other text becomes.
    pub text: String,
}

const SQLITE_TABLES: &str =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlx_%' ORDER BY name";
const POSTGRES_TABLES: &str = "SELECT table_name::text FROM information_schema.tables WHERE table_schema = current_schema()
    AND table_name NOT LIKE '\\_sqlx\\_%' ORDER BY table_name";

/// Every table of ours.
///
/// # Panics
/// When the database does not answer.
pub async fn tables(raw: &mut Raw) -> Vec<Table> {
    let is_sqlite = raw.backend() == Backend::Sqlite;
    let mut tables = Vec::new();
    for name in raw.texts(if is_sqlite { SQLITE_TABLES } else { POSTGRES_TABLES }).await {
        // Name, type, whether it may be null; without those the database makes itself.
        let columns = if is_sqlite {
            format!("SELECT name || '|' || type || '|' || (1 - \"notnull\") FROM pragma_table_xinfo('{name}') WHERE hidden = 0")
        } else {
            format!(
                "SELECT column_name || '|' || upper(data_type) || '|' || CASE WHEN is_nullable = 'YES' THEN 1 ELSE 0 END
                FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '{name}'
                AND is_generated = 'NEVER' ORDER BY ordinal_position"
            )
        };
        let checks = if is_sqlite {
            raw.texts(&format!("SELECT sql FROM sqlite_schema WHERE name = '{name}'")).await
        } else {
            raw.texts(&format!(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = '{name}'::regclass AND contype = 'c'"
            ))
            .await
        };
        let read = |line: String| {
            let parts: Vec<&str> = line.split('|').collect();
            let choice = checks.iter().find_map(|check| first_choice(check, parts[0]));
            Column { name: parts[0].to_owned(), kind: parts[1].to_owned(), may_be_null: parts[2] == "1", choice }
        };
        let columns = raw.texts(&columns).await.into_iter().map(read).collect();
        tables.push(Table { name, columns });
    }
    tables
}

/// The first of `column IN ('…')`, as either database writes it down.
fn first_choice(check: &str, column: &str) -> Option<String> {
    let lists = [format!("({column} IN ('"), format!("(({column} = ANY (ARRAY['")];
    let list = lists.iter().find(|list| check.contains(list.as_str()))?;
    check.split(list.as_str()).nth(1)?.split('\'').next().map(str::to_owned)
}

/// Makes sure that a table has a row of somebody, and puts them into every column of it that takes a text: those columns. Tables that
/// only the database or a trigger keeps as they are stay so.
///
/// # Panics
/// When there is no row of theirs and none can be made up: the test has to make one by hand.
pub async fn put_into(raw: &mut Raw, table: &Table, who: &Somebody) -> Vec<String> {
    let Some(owner) = table.owner() else { return Vec::new() };
    let (id, name) = (uuid_literal(raw, who.user), &table.name);
    let is_theirs = format!("{owner} = {id}");
    if raw.number(&format!("SELECT CAST(count(*) AS BIGINT) FROM {name} WHERE {is_theirs}")).await == 0 {
        let values: Vec<String> = table.columns.iter().map(|column| value_for(raw, column, who)).collect();
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        raw.run(&format!("INSERT INTO {name} ({}) VALUES ({})", columns.join(", "), values.join(", "))).await;
    }
    let mut filled = Vec::new();
    for column in table.columns.iter().filter(|column| column.is_text()) {
        let text = if column.name.contains("phone") { &who.phone } else { &who.text };
        // What a check or a trigger refuses cannot hold anybody's words.
        if raw.attempt(&format!("UPDATE {name} SET {} = '{text}' WHERE {is_theirs}", column.name)).await.is_ok() {
            filled.push(format!("{name}.{}", column.name));
        }
    }
    filled
}

fn uuid_literal(raw: &Raw, id: Uuid) -> String {
    match raw.backend() {
        Backend::Sqlite => format!("X'{}'", id.simple()),
        Backend::Postgres => format!("'{id}'"),
    }
}

fn value_for(raw: &Raw, column: &Column, who: &Somebody) -> String {
    let is_sqlite = raw.backend() == Backend::Sqlite;
    let name = column.name.as_str();
    if let Some(choice) = &column.choice {
        return format!("'{choice}'");
    }
    if name == "user_id" || name.ends_with("_user_id") {
        return uuid_literal(raw, who.user);
    }
    if name == "session_id" {
        return if column.may_be_null { "NULL".to_owned() } else { uuid_literal(raw, who.session) };
    }
    if column.is_instant() {
        return if column.may_be_null { "NULL".to_owned() } else { "'2026-01-01T00:00:00.000000Z'".to_owned() };
    }
    match column.kind.as_str() {
        "TEXT" if name.contains("phone") => format!("'{}'", who.phone),
        "TEXT" => format!("'{}'", who.text),
        "BOOLEAN" => "FALSE".to_owned(),
        "INTEGER" | "BIGINT" => "0".to_owned(),
        _ if column.may_be_null => "NULL".to_owned(),
        "UUID" => uuid_literal(raw, Uuid::from_u128(0xA11)),
        "BYTEA" => "'\\x00000000000000000000000000000a11'".to_owned(),
        "BLOB" if is_sqlite => uuid_literal(raw, Uuid::from_u128(0xA11)),
        other => panic!("no value for {name} of type {other}"),
    }
}

/// Everything in a table, row by row, as text; bytes in hexadecimal.
///
/// # Panics
/// When the database does not answer.
pub async fn dump(raw: &mut Raw, table: &Table) -> Vec<String> {
    let name = &table.name;
    match raw.backend() {
        Backend::Postgres => raw.texts(&format!("SELECT line::text FROM {name} AS line")).await,
        Backend::Sqlite => {
            // Those the database makes itself as well: an index of them would give somebody away.
            let columns = raw.texts(&format!("SELECT 'quote(\"' || name || '\")' FROM pragma_table_xinfo('{name}')")).await;
            raw.texts(&format!("SELECT {} FROM {name}", columns.join(" || '|' || "))).await
        }
    }
}
