//! One act on many people: they are chosen, then somebody says yes, then it is done beside the requests (`jobs/bulk.rs`).

use std::collections::HashSet;

use chrono::{DateTime, TimeDelta, Utc};
use domain::error::{FieldError, ValidationError};
use domain::ids::{BulkRunId, UserId};
use domain::people::{BULK_MOST, BulkAct, BulkOutcome, BulkState, Filter, LeftOut, Search};
use domain::permission::Permission;
use domain::user::User;
use serde_json::{Value, json};
use store::bulk_runs::{self, Run};
use store::{people, users};

use super::block_user::read_reason;
use crate::{Actor, Admin, Error, ListUsers, Usecases};

/// People who were chosen longer ago have changed since: they are to be chosen again.
const GOOD_FOR: TimeDelta = TimeDelta::hours(1);

/// Who is chosen.
#[derive(Clone, Debug)]
pub enum BulkWho {
    /// These, in this order.
    These(Vec<UserId>),
    /// Everybody who matches at this moment, or the first [`BULK_MOST`] of them.
    Matching(ListUsers),
}

/// A run, and a page of its people.
#[derive(Clone, Debug)]
pub struct BulkRun {
    /// Which.
    pub id: BulkRunId,
    /// What is done.
    pub act: BulkAct,
    /// Where it stands.
    pub state: BulkState,
    /// Whether it is the caller's own: nobody else can begin it.
    pub is_own: bool,
    /// Whether more people matched than one run takes.
    pub has_more: bool,
    /// When they were chosen.
    pub created_at: DateTime<Utc>,
    /// When everybody had had their turn.
    pub finished_at: Option<DateTime<Utc>>,
    /// How many have which outcome; `None`: it is not their turn yet.
    pub counts: Vec<(Option<BulkOutcome>, u32)>,
    /// In their order.
    pub people: Vec<BulkPerson>,
    /// The place behind which the next page begins; `None` on the last.
    pub next: Option<i32>,
}

/// A person of a run.
#[derive(Clone, Debug)]
pub struct BulkPerson {
    /// Who.
    pub id: UserId,
    /// As they are now; `None` when they are no longer there.
    pub user: Option<User>,
    /// What became of them; `None`: it is not their turn yet.
    pub outcome: Option<BulkOutcome>,
}

impl BulkRun {
    /// How many people it is about.
    pub fn total(&self) -> u32 {
        self.counts.iter().map(|(_, people)| people).sum()
    }

    /// How many have an outcome that is asked for.
    pub fn count(&self, is_asked: impl Fn(Option<BulkOutcome>) -> bool) -> u32 {
        self.counts.iter().filter(|(outcome, _)| is_asked(*outcome)).map(|(_, people)| people).sum()
    }
}

impl Usecases {
    /// Chooses people: who they are does not change any more, whatever happens to them or to what was looked for. Nothing is done yet.
    ///
    /// # Errors
    /// `Forbidden`, `Validation` (nobody was chosen), `Unavailable`.
    pub async fn prepare_bulk(&self, admin: &Admin, act: BulkAct, who: &BulkWho) -> Result<BulkRunId, Error> {
        admin.require(Permission::PeopleView)?;
        let actor = admin.require(act.permission())?;
        let (asked, chosen, has_more) = match who {
            BulkWho::These(ids) => {
                let (chosen, has_more) = self.choose_these(actor, act, ids).await?;
                (json!({ "search": "chosen" }), chosen, has_more)
            }
            BulkWho::Matching(asked) => {
                let search = Search::understand(&asked.typed, self.parts.settings.phones.default_region);
                let (chosen, has_more) = self.choose_matching(actor, act, &search, &asked.filter).await?;
                (what_was_asked(&search, &asked.filter), chosen, has_more)
            }
        };
        if chosen.is_empty() {
            return Err(Error::Validation(vec![ValidationError::new("/people", FieldError::Required)]));
        }
        let now = self.parts.clock.now();
        let run = Run {
            id: self.parts.rng.id_v7(now),
            actor: actor.user.id,
            session: actor.session.id,
            act,
            state: BulkState::Prepared,
            asked,
            reason: None,
            has_more,
            created_at: now,
            started_at: None,
            finished_at: None,
        };
        let mut tx = self.parts.store.write().await?;
        tx.run(bulk_runs::insert(&run)).await?;
        bulk_runs::insert_people(&mut tx, run.id, &chosen).await?;
        tx.commit().await?;
        Ok(run.id)
    }

    async fn choose_these(&self, actor: &Actor, act: BulkAct, ids: &[UserId]) -> Result<(Vec<Choice>, bool), Error> {
        let mut seen = HashSet::new();
        let once: Vec<UserId> = ids.iter().copied().filter(|id| seen.insert(*id)).collect();
        let mut chosen = Vec::with_capacity(once.len().min(BULK_MOST));
        let mut tx = self.parts.store.read().await?;
        for id in once.iter().take(BULK_MOST) {
            chosen.push(match users::find(&mut tx, *id).await? {
                Some(user) => choice(actor, act, &user),
                None => (*id, Some(BulkOutcome::Skipped(LeftOut::Gone))),
            });
        }
        Ok((chosen, once.len() > BULK_MOST))
    }

    async fn choose_matching(
        &self,
        actor: &Actor,
        act: BulkAct,
        search: &Search,
        filter: &Filter,
    ) -> Result<(Vec<Choice>, bool), Error> {
        let (mut chosen, mut seen, mut from) = (Vec::new(), HashSet::new(), None);
        let mut tx = self.parts.store.read().await?;
        loop {
            let stretch = people::list_stretch(&mut tx, search, filter, from).await?;
            // Whoever changes their name meanwhile may be met twice.
            let once = stretch.people.iter().filter(|user| seen.insert(user.id));
            chosen.extend(once.map(|user| choice(actor, act, user)));
            if chosen.len() > BULK_MOST || (chosen.len() == BULK_MOST && stretch.next.is_some()) {
                chosen.truncate(BULK_MOST);
                return Ok((chosen, true));
            }
            if stretch.next.is_none() {
                return Ok((chosen, false));
            }
            from = stretch.next;
        }
    }

    /// Says yes. From now on it is done beside the requests, whatever becomes of this process. Saying so twice changes nothing.
    ///
    /// # Errors
    /// `Forbidden`, `StepUpRequired`, `Validation` (blocking without a reason), `NotFound` (somebody else's), `Conflict` (chosen too long
    /// ago, or nothing that is begun), `Unavailable`.
    pub async fn start_bulk(&self, admin: &Admin, id: BulkRunId, reason: &str) -> Result<(), Error> {
        let now = self.parts.clock.now();
        let (run, actor) = self.find_bulk(admin, id).await?;
        if run.actor != actor.user.id {
            return Err(Error::NotFound);
        }
        if run.act.needs_step_up() {
            actor.require_step_up(now, self.parts.settings.second_factor.step_up_within)?;
        }
        if run.act == BulkAct::Export {
            return Err(Error::Conflict);
        }
        if run.state != BulkState::Prepared {
            return Ok(());
        }
        // Blocking is for a reason that stays in the record, as it is for one person. The others have none to give.
        let reason = if run.act == BulkAct::Block { Some(read_reason(reason)?) } else { None };
        let mut tx = self.parts.store.write().await?;
        if !tx.run(bulk_runs::update_started(id, now, now - GOOD_FOR, reason.as_deref())).await? {
            let run = bulk_runs::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
            return if run.state == BulkState::Prepared { Err(Error::Conflict) } else { Ok(()) };
        }
        let waiting = bulk_runs::count(&mut tx, id).await?.into_iter().filter(|count| count.outcome.is_none());
        let people: u32 = waiting.map(|count| count.people).sum();
        let detail = json!({ "run": id, "act": run.act.as_str(), "people": people, "asked": run.asked, "reason": reason });
        self.audit_admin(&mut tx, actor, "bulk_started", None, detail).await?;
        tx.commit().await?;
        self.bulk_started.notify_one();
        Ok(())
    }

    /// Reads a run, and those of its people who stand behind `after` (-1: from the first on).
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn read_bulk(&self, admin: &Admin, id: BulkRunId, after: i32) -> Result<BulkRun, Error> {
        admin.require(Permission::PeopleView)?;
        let (run, actor) = self.find_bulk(admin, id).await?;
        let mut tx = self.parts.store.read().await?;
        let counts = bulk_runs::count(&mut tx, id).await?;
        let mut people = bulk_runs::list_people(&mut tx, id, after).await?;
        let has_more = people.len() > bulk_runs::PAGE;
        people.truncate(bulk_runs::PAGE);
        let next = people.last().filter(|_| has_more).map(|person| person.position);
        let Run { act, state, has_more, created_at, finished_at, .. } = run;
        Ok(BulkRun {
            id,
            act,
            state,
            is_own: run.actor == actor.user.id,
            has_more,
            created_at,
            finished_at,
            counts: counts.into_iter().map(|count| (count.outcome, count.people)).collect(),
            people: people
                .into_iter()
                .map(|person| BulkPerson { id: person.id, user: person.user, outcome: person.outcome })
                .collect(),
            next,
        })
    }

    /// A run, for those who may do what it does.
    pub(crate) async fn find_bulk<'a>(&self, admin: &'a Admin, id: BulkRunId) -> Result<(Run, &'a Actor), Error> {
        admin.require(Permission::PeopleView)?;
        let run = bulk_runs::find(&mut self.parts.store.read().await?, id).await?.ok_or(Error::NotFound)?;
        let actor = admin.require(run.act.permission())?;
        Ok((run, actor))
    }
}

type Choice = (UserId, Option<BulkOutcome>);

fn choice(actor: &Actor, act: BulkAct, user: &User) -> Choice {
    (user.id, act.leaves_out(actor.user.id, user).map(BulkOutcome::Skipped))
}

/// What was looked for, for the record: neither names nor phones.
pub(crate) fn what_was_asked(search: &Search, filter: &Filter) -> Value {
    let mut asked: serde_json::Map<String, Value> =
        filter.pairs().into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    asked.insert("search".to_owned(), search.kind().into());
    asked.into()
}
