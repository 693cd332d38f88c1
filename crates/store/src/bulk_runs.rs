//! `bulk_runs` and `bulk_run_people`: one act on many people. Who they are is settled when they are chosen; what became of each is
//! written in the transaction that did it, under the run's lock, so it happens once however many work on it.

use chrono::{DateTime, Utc};
use domain::ids::{BulkRunId, SessionId, UserId};
use domain::people::{BulkAct, BulkOutcome, BulkState};
use domain::user::User;
use serde_json::Value;
use sqlx::FromRow;
use uuid::Uuid;

use crate::dialect::Wording;
use crate::read::{named, number};
use crate::user_row::{MaybeUserRow, UserRow, user_columns};
use crate::write::{Write, write_of};
use crate::{Instant, StoreError, Tx};

/// A run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Key.
    pub id: BulkRunId,
    /// Who chose them.
    pub actor: UserId,
    /// In which session.
    pub session: SessionId,
    /// What is done.
    pub act: BulkAct,
    /// Where it stands.
    pub state: BulkState,
    /// What was looked for. Neither names nor phones.
    pub asked: Value,
    /// Why, in the words of whoever said yes; gone once it is finished.
    pub reason: Option<String>,
    /// Whether more people were found than one run takes.
    pub has_more: bool,
    /// When they were chosen.
    pub created_at: DateTime<Utc>,
    /// When somebody said yes.
    pub started_at: Option<DateTime<Utc>>,
    /// When everybody had had their turn.
    pub finished_at: Option<DateTime<Utc>>,
}

/// The columns of [`RunRow`].
macro_rules! run_columns {
    () => {
        "bulk_runs.run_id, bulk_runs.actor_user_id, bulk_runs.session_id, bulk_runs.act, bulk_runs.state, bulk_runs.asked, \
         bulk_runs.reason, bulk_runs.has_more, bulk_runs.created_at, bulk_runs.started_at, bulk_runs.finished_at"
    };
}

#[derive(FromRow)]
pub(crate) struct RunRow {
    run_id: Uuid,
    actor_user_id: Uuid,
    session_id: Uuid,
    act: String,
    state: String,
    asked: String,
    reason: Option<String>,
    has_more: bool,
    created_at: Instant,
    started_at: Option<Instant>,
    finished_at: Option<Instant>,
}

impl TryFrom<RunRow> for Run {
    type Error = StoreError;

    fn try_from(row: RunRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: BulkRunId(row.run_id),
            actor: UserId(row.actor_user_id),
            session: SessionId(row.session_id),
            act: named(&row.act, "bulk_runs.act", BulkAct::parse)?,
            state: named(&row.state, "bulk_runs.state", BulkState::parse)?,
            asked: named(&row.asked, "bulk_runs.asked", |text| serde_json::from_str(text).ok())?,
            reason: row.reason,
            has_more: row.has_more,
            created_at: row.created_at.0,
            started_at: row.started_at.map(|at| at.0),
            finished_at: row.finished_at.map(|at| at.0),
        })
    }
}

const INSERT: &str = "INSERT INTO bulk_runs (run_id, actor_user_id, session_id, act, state, asked, has_more, created_at, fence)
    VALUES ($1, $2, $3, $4, 'prepared', $5, $6, $7, 0)";

/// Keeps a run that nobody has said yes to. Its state and times are those of one.
pub fn insert(run: &Run) -> Write<'_> {
    let asked = run.asked.to_string();
    write_of!(INSERT, run.id.0, run.actor.0, run.session.0, run.act.as_str(), asked, run.has_more, Instant(run.created_at))
}

/// As JSON, because ten thousand people are one statement.
const INSERT_PEOPLE: Wording = Wording {
    sqlite: "INSERT INTO bulk_run_people (run_id, position, user_id, outcome, reason)
        SELECT $1, person.value ->> 0, unhex(person.value ->> 1), person.value ->> 2, person.value ->> 3 FROM json_each($2) AS person",
    postgres: "INSERT INTO bulk_run_people (run_id, position, user_id, outcome, reason)
        SELECT $1, CAST(person ->> 0 AS INTEGER), CAST(person ->> 1 AS UUID), person ->> 2, person ->> 3
        FROM json_array_elements(CAST($2 AS JSON)) AS people (person)",
};

/// Adds people to a run in their order, each once. Some may have been left out already.
pub async fn insert_people(tx: &mut Tx, run: BulkRunId, people: &[(UserId, Option<BulkOutcome>)]) -> Result<(), StoreError> {
    let rows = people.iter().enumerate().map(|(position, (user, outcome))| {
        let (outcome, reason) = (outcome.map(BulkOutcome::as_str), outcome.and_then(BulkOutcome::reason));
        serde_json::json!([position, user.0.simple().to_string(), outcome, reason])
    });
    let sql = INSERT_PEOPLE.of(tx.backend());
    execute!(tx, sql, run.0, Value::Array(rows.collect()).to_string()).map(|_| ())
}

pub(crate) const FIND: &str = concat!("SELECT ", run_columns!(), " FROM bulk_runs WHERE bulk_runs.run_id = $1");

/// The run with this id.
pub async fn find(tx: &mut Tx, id: BulkRunId) -> Result<Option<Run>, StoreError> {
    fetch!(tx, fetch_optional, RunRow, FIND, id.0)?.map(Run::try_from).transpose()
}

const UPDATE_STARTED: &str = "UPDATE bulk_runs SET state = 'running', started_at = $2, reason = $4 WHERE run_id = $1 AND state = 'prepared' AND created_at > $3";

/// Somebody said yes to people chosen after `chosen_after`: whether there was something to say yes to.
pub fn update_started(id: BulkRunId, now: DateTime<Utc>, chosen_after: DateTime<Utc>, reason: Option<&str>) -> Write<'_> {
    write_of!(UPDATE_STARTED, id.0, Instant(now), Instant(chosen_after), reason)
}

/// How many people of a run have which outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// `None`: it is not their turn yet.
    pub outcome: Option<BulkOutcome>,
    /// How many.
    pub people: u32,
}

pub(crate) const COUNT: &str = "SELECT outcome, reason, CAST(count(*) AS BIGINT) AS people FROM bulk_run_people WHERE run_id = $1
    GROUP BY outcome, reason ORDER BY outcome, reason";

/// The people of a run by outcome.
pub async fn count(tx: &mut Tx, id: BulkRunId) -> Result<Vec<Count>, StoreError> {
    let rows = fetch!(tx, fetch_all, (Option<String>, Option<String>, i64), COUNT, id.0)?;
    rows.into_iter()
        .map(|(outcome, reason, people)| {
            Ok(Count { outcome: read_outcome(outcome, reason.as_deref())?, people: number(people, "count")? })
        })
        .collect()
}

/// A person of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Where they stand in it.
    pub position: i32,
    /// Who.
    pub id: UserId,
    /// As they are now; `None` when they are no longer there.
    pub user: Option<User>,
    /// What became of them; `None`: it is not their turn yet.
    pub outcome: Option<BulkOutcome>,
}

/// A row with one that may be missing.
struct ChosenRow {
    position: i32,
    chosen_id: Uuid,
    outcome: Option<String>,
    reason: Option<String>,
    user: MaybeUserRow,
}

impl<'r, R: sqlx::Row> FromRow<'r, R> for ChosenRow
where
    MaybeUserRow: FromRow<'r, R>,
    i32: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    Uuid: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    Option<String>: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    &'static str: sqlx::ColumnIndex<R>,
{
    fn from_row(row: &'r R) -> Result<Self, sqlx::Error> {
        Ok(Self {
            position: row.try_get("position")?,
            chosen_id: row.try_get("chosen_id")?,
            outcome: row.try_get("outcome")?,
            reason: row.try_get("reason")?,
            user: MaybeUserRow::from_row(row)?,
        })
    }
}

/// People on a page of a run.
pub const PAGE: usize = 50;

pub(crate) const LIST_PEOPLE: &str = concat!(
    "SELECT chosen.position, chosen.user_id AS chosen_id, chosen.outcome, chosen.reason, ",
    user_columns!(),
    " FROM bulk_run_people AS chosen LEFT JOIN users ON users.user_id = chosen.user_id
    WHERE chosen.run_id = $1 AND chosen.position > $2 ORDER BY chosen.position LIMIT 51"
);

/// Up to one person more than a [`PAGE`] holds, from behind `after`.
pub async fn list_people(tx: &mut Tx, id: BulkRunId, after: i32) -> Result<Vec<Chosen>, StoreError> {
    let rows = fetch!(tx, fetch_all, ChosenRow, LIST_PEOPLE, id.0, after)?;
    rows.into_iter()
        .map(|row| {
            let outcome = read_outcome(row.outcome, row.reason.as_deref())?;
            Ok(Chosen { position: row.position, id: UserId(row.chosen_id), user: row.user.try_into()?, outcome })
        })
        .collect()
}

pub(crate) const LIST_USERS: &str = concat!(
    "SELECT chosen.position, ",
    user_columns!(),
    " FROM bulk_run_people AS chosen JOIN users ON users.user_id = chosen.user_id
    WHERE chosen.run_id = $1 AND chosen.position > $2 AND chosen.outcome IS NULL ORDER BY chosen.position LIMIT 500"
);

#[derive(FromRow)]
struct PlacedRow {
    position: i32,
    #[sqlx(flatten)]
    user: UserRow,
}

/// Those of a run who were not left out and are still there, up to 500 from behind `after`, each with their place.
pub async fn list_users(tx: &mut Tx, id: BulkRunId, after: i32) -> Result<Vec<(i32, User)>, StoreError> {
    let rows = fetch!(tx, fetch_all, PlacedRow, LIST_USERS, id.0, after)?;
    rows.into_iter().map(|row| Ok((row.position, row.user.try_into()?))).collect()
}

fn read_outcome(outcome: Option<String>, reason: Option<&str>) -> Result<Option<BulkOutcome>, StoreError> {
    outcome.map(|text| named(&text, "bulk_run_people.outcome", |text| BulkOutcome::parse(text, reason))).transpose()
}

pub(crate) const DELETE_PERSON: &str = "DELETE FROM bulk_run_people WHERE user_id = $1";

/// Takes a person out of every run. Call it with the person locked: a run under way waits for them before it touches their row.
pub fn delete_person(user: UserId) -> Write<'static> {
    write_of!(DELETE_PERSON, user.0)
}

pub(crate) const UPDATE_ANONYMISED: &str = "UPDATE bulk_runs SET reason = NULL WHERE actor_user_id = $1 AND reason IS NOT NULL";

/// Removes the words of whoever began them.
pub fn update_anonymised(actor: UserId) -> Write<'static> {
    write_of!(UPDATE_ANONYMISED, actor.0)
}

pub(crate) const DELETE_BEFORE: &str = delete_before!("bulk_runs", "run_id", "created_at");

/// Forgets up to `limit` runs of before `before`, with their people: how many.
pub async fn delete_before(tx: &mut Tx, before: DateTime<Utc>, limit: u32) -> Result<u64, StoreError> {
    execute!(tx, DELETE_BEFORE, Instant(before), i64::from(limit))
}
