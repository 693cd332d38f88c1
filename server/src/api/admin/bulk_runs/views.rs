//! A run over many people, as it goes out over JSON.

use chrono::{DateTime, Utc};
use domain::locale::Locale;
use domain::people::BulkOutcome;
use serde::Serialize;
use usecases::{BulkPerson, BulkRun};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::admin::users::views::PersonItem;

/// One act on many people, and a page of them.
#[derive(Serialize, ToSchema)]
pub struct BulkRunReport {
    pub id: Uuid,
    /// `block`, `unblock`, `end_sessions` or `export`.
    #[schema(value_type = String, example = "block")]
    pub act: &'static str,
    /// `prepared` (nothing is done), `running` or `finished`.
    #[schema(value_type = String, example = "running")]
    pub state: &'static str,
    /// Whether the caller chose them: nobody else can begin it.
    pub is_own: bool,
    /// Whether more people matched than the ten thousand that one run takes.
    pub has_more: bool,
    pub created_at: DateTime<Utc>,
    /// When everybody had had their turn.
    pub finished_at: Option<DateTime<Utc>>,
    /// How many people it is about.
    pub total: u32,
    /// What became of them.
    pub counts: Vec<BulkCount>,
    /// In their order, fifty at most.
    pub people: Vec<BulkRunPerson>,
    /// For `after`; null on the last page.
    pub next: Option<String>,
}

/// How many have this outcome.
#[derive(Serialize, ToSchema)]
pub struct BulkCount {
    /// `done`, `skipped` or `failed`; null: it is not their turn yet.
    #[schema(value_type = Option<String>, example = "done")]
    pub outcome: Option<&'static str>,
    /// Why they were skipped, such as `already_blocked`; null otherwise.
    #[schema(value_type = Option<String>, example = "already_blocked")]
    pub reason: Option<&'static str>,
    pub people: u32,
}

/// A person of a run.
#[derive(Serialize, ToSchema)]
pub struct BulkRunPerson {
    pub id: Uuid,
    /// As they are now; null when they are no longer there.
    pub person: Option<PersonItem>,
    /// As in `counts`.
    #[schema(value_type = Option<String>, example = "skipped")]
    pub outcome: Option<&'static str>,
    #[schema(value_type = Option<String>, example = "yourself")]
    pub reason: Option<&'static str>,
}

impl BulkRunReport {
    pub fn new(run: &BulkRun, locale: Locale) -> Self {
        let count = |(outcome, people): &(Option<BulkOutcome>, u32)| {
            let (outcome, reason) = words(*outcome);
            BulkCount { outcome, reason, people: *people }
        };
        let person = |one: &BulkPerson| {
            let (outcome, reason) = words(one.outcome);
            BulkRunPerson { id: one.id.0, person: one.user.as_ref().map(|user| PersonItem::new(user, locale)), outcome, reason }
        };
        Self {
            id: run.id.0,
            act: run.act.as_str(),
            state: run.state.as_str(),
            is_own: run.is_own,
            has_more: run.has_more,
            created_at: run.created_at,
            finished_at: run.finished_at,
            total: run.total(),
            counts: run.counts.iter().map(count).collect(),
            people: run.people.iter().map(person).collect(),
            next: run.next.map(|place| place.to_string()),
        }
    }
}

fn words(outcome: Option<BulkOutcome>) -> (Option<&'static str>, Option<&'static str>) {
    (outcome.map(BulkOutcome::as_str), outcome.and_then(BulkOutcome::reason))
}
