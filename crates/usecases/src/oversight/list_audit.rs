//! The audit: who did what to whom, newest first.

use std::collections::{BTreeMap, BTreeSet};

use domain::error::ValidationError;
use domain::ids::{AuditId, UserId};
use domain::page::Page;
use domain::people::{Filter, Period, Search, StatusFilter};
use domain::permission::Permission;
use domain::user::User;
use store::audit::AuditEntry;
use store::audit_list::{self, AuditFilter, Doer};
use store::{Tx, people, users};

use super::days::Reader;
use super::mask::masked;
use crate::{Admin, Error, Usecases};

/// Names of those who are no person.
pub const SYSTEM_DOERS: [&str; 4] = ["operator", "limits", "test_number", "fleet_guard"];

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListAudit {
    /// What was done.
    pub action: Option<String>,
    /// By whom: a person as they are typed into the box of people, or one of [`SYSTEM_DOERS`].
    pub doer: Option<String>,
    /// To whom.
    pub subject: Option<String>,
    /// When.
    pub period: Period,
    /// The last entry of the page before.
    pub after: Option<AuditId>,
}

impl ListAudit {
    /// The names in an address.
    pub const NAMES: [&str; 6] = ["action", "doer", "subject", "from", "to", "after"];

    /// Reads an address, given what it holds under a name.
    ///
    /// # Errors
    /// One for each value that is none of the offered.
    pub fn read<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Result<Self, Vec<ValidationError>> {
        let mut reader = Reader::new(value);
        let read = Self {
            action: reader.text("action").map(str::to_owned),
            doer: reader.text("doer").map(str::to_owned),
            subject: reader.text("subject").map(str::to_owned),
            period: reader.period(),
            after: reader.read("after", |text| text.parse().ok()),
        };
        reader.finish(read)
    }
}

/// A page of the audit.
#[derive(Clone, Debug)]
pub struct AuditList {
    /// The entries. The cursor is the id of the last. No phone in them is whole.
    pub page: Page<AuditEntry>,
    /// The people they are about, and who did it. Who is forgotten is not among them.
    pub people: BTreeMap<UserId, User>,
    /// The fields that name nobody, or more than one: then nothing was looked for.
    pub unmatched: Vec<&'static str>,
}

impl AuditList {
    /// The id of the person who did it, when it was one.
    pub fn doer(entry: &AuditEntry) -> Option<UserId> {
        if entry.actor == "self" { entry.subject } else { entry.actor.parse().ok() }
    }
}

impl Usecases {
    /// Looks through the audit.
    ///
    /// # Errors
    /// `Forbidden`, `Unavailable`.
    pub async fn list_audit(&self, admin: &Admin, asked: &ListAudit) -> Result<AuditList, Error> {
        admin.require(Permission::AuditView)?;
        let mut tx = self.parts.store.read().await?;
        let mut unmatched = Vec::new();
        let doer = match asked.doer.as_deref() {
            None => None,
            Some(name) if SYSTEM_DOERS.contains(&name) => Some(Doer::Named(name.to_owned())),
            Some(typed) => self.find_only(&mut tx, typed, "doer", &mut unmatched).await?.map(Doer::Person),
        };
        let subject = match asked.subject.as_deref() {
            None => None,
            Some(typed) => self.find_only(&mut tx, typed, "subject", &mut unmatched).await?,
        };
        if !unmatched.is_empty() {
            return Ok(AuditList { page: Page { items: Vec::new(), next: None }, people: BTreeMap::new(), unmatched });
        }
        let filter = AuditFilter { action: asked.action.clone(), doer, subject, period: asked.period };
        let mut items = audit_list::list(&mut tx, &filter, asked.after).await?;
        let has_more = items.len() > audit_list::PAGE;
        items.truncate(audit_list::PAGE);
        let next = items.last().filter(|_| has_more).map(|entry| entry.id.to_string());
        let ids: BTreeSet<UserId> = items.iter().flat_map(|entry| [entry.subject, AuditList::doer(entry)]).flatten().collect();
        let people = users::list_by_ids(&mut tx, &ids.into_iter().collect::<Vec<_>>()).await?;
        for entry in &mut items {
            entry.detail = masked(std::mem::take(&mut entry.detail));
        }
        let people = people.into_iter().map(|user| (user.id, user)).collect();
        Ok(AuditList { page: Page { items, next }, people, unmatched })
    }

    /// The one person that was meant. A whole id need be nobody's: the audit outlives those it is about.
    async fn find_only(
        &self,
        tx: &mut Tx,
        typed: &str,
        field: &'static str,
        unmatched: &mut Vec<&'static str>,
    ) -> Result<Option<UserId>, Error> {
        let search = Search::understand(typed, self.parts.settings.phones.default_region);
        let found = match search {
            Search::Id(id) => Some(id),
            Search::Phone(_) | Search::ShortId(_) => {
                let everybody = Filter { status: StatusFilter::Any, ..Filter::default() };
                let found = people::list(tx, &search, &everybody, None).await?;
                if let [one] = &found[..] { Some(one.id) } else { None }
            }
            _ => None,
        };
        if found.is_none() {
            unmatched.push(field);
        }
        Ok(found)
    }
}
