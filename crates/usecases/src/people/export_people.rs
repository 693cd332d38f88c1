//! People as a file. It is written page by page while it is sent: a million people are never in memory.

use domain::ids::BulkRunId;
use domain::people::{BulkAct, Filter, Search};
use domain::permission::Permission;
use domain::user::User;
use futures::stream::{self, Stream};
use serde_json::{Value, json};
use store::audit::{self, NewAudit};
use store::bulk_runs;
use store::people::{self, Place};

use super::bulk::what_was_asked;
use super::sheet::Sheet;
use crate::{Actor, Admin, Error, ListUsers, Usecases};

/// Who is in the file.
#[derive(Clone, Debug)]
pub enum ExportWho {
    /// Everybody who matches while it is written.
    Matching(ListUsers),
    /// Those who were chosen for it.
    Chosen(BulkRunId),
}

/// A file that is being written.
#[derive(Debug)]
pub struct PeopleExport {
    uc: Usecases,
    actor: Actor,
    sheet: Sheet,
    source: Source,
    about: Value,
    people: u64,
    part: Part,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Head,
    People,
    Over,
}

#[derive(Debug)]
enum Source {
    Walk { search: Search, filter: Filter, from: Option<Place> },
    Run { id: BulkRunId, after: i32 },
}

impl Usecases {
    /// Begins a file of people; that it was begun is in the record, and how many it came to once it is whole.
    ///
    /// # Errors
    /// `Forbidden`, `StepUpRequired`, `NotFound` (people whom somebody else chose, or for something else), `Unavailable`.
    pub async fn export_people(&self, admin: &Admin, who: &ExportWho, sheet: Sheet) -> Result<PeopleExport, Error> {
        admin.require(Permission::PeopleView)?;
        let actor = admin.require(Permission::PeopleExport)?;
        actor.require_step_up(self.parts.clock.now(), self.parts.settings.second_factor.step_up_within)?;
        let (source, about) = match who {
            ExportWho::Matching(asked) => {
                let search = Search::understand(&asked.typed, self.parts.settings.phones.default_region);
                let about = json!({ "kind": sheet.kind(), "asked": what_was_asked(&search, &asked.filter) });
                (Source::Walk { search, filter: asked.filter, from: None }, about)
            }
            ExportWho::Chosen(id) => {
                let (run, actor) = self.find_bulk(admin, *id).await?;
                if run.act != BulkAct::Export || run.actor != actor.user.id {
                    return Err(Error::NotFound);
                }
                (Source::Run { id: run.id, after: -1 }, json!({ "kind": sheet.kind(), "asked": run.asked, "run": run.id }))
            }
        };
        let export = PeopleExport { uc: self.clone(), actor: actor.clone(), sheet, source, about, people: 0, part: Part::Head };
        export.note("people_export_begun").await?;
        Ok(export)
    }
}

impl PeopleExport {
    /// The file, in parts. Whoever stops listening stops the writing.
    pub fn into_stream(self) -> impl Stream<Item = Result<Vec<u8>, Error>> + Send + 'static {
        stream::try_unfold(self, |mut export| async move { Ok(export.next().await?.map(|part| (part, export))) })
    }

    async fn next(&mut self) -> Result<Option<Vec<u8>>, Error> {
        match self.part {
            Part::Head => {
                self.part = Part::People;
                self.sheet.begin().map(Some)
            }
            Part::People => {
                let page = self.page().await?;
                self.people += u64::try_from(page.len()).unwrap_or_default();
                if self.part == Part::Over {
                    self.note("people_exported").await?;
                }
                self.sheet.people(&page).map(Some)
            }
            Part::Over => Ok(None),
        }
    }

    /// The next people, on a connection that is given back at once: whoever reads slowly holds none.
    async fn page(&mut self) -> Result<Vec<User>, Error> {
        let mut tx = self.uc.parts.store.read().await?;
        match &mut self.source {
            Source::Walk { search, filter, from } => {
                let stretch = people::list_stretch(&mut tx, search, filter, from.take()).await?;
                if stretch.next.is_none() {
                    self.part = Part::Over;
                }
                *from = stretch.next;
                Ok(stretch.people)
            }
            Source::Run { id, after } => {
                let page = bulk_runs::list_users(&mut tx, *id, *after).await?;
                match page.last() {
                    Some((position, _)) => *after = *position,
                    None => self.part = Part::Over,
                }
                Ok(page.into_iter().map(|(_, user)| user).collect())
            }
        }
    }

    async fn note(&self, action: &'static str) -> Result<(), Error> {
        let mut detail = self.about.clone();
        if self.part == Part::Over {
            detail["count"] = self.people.into();
        }
        let entry = self.uc.entry_by(&self.actor.user.id.to_string(), action, None, detail);
        let entry = NewAudit { session: Some(self.actor.session.id), ..entry };
        self.uc.parts.store.apply_one(audit::insert(&entry)).await?;
        Ok(())
    }
}
