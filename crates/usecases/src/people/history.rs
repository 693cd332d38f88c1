//! What happened around a person: codes, messages, and what was done to them and by them.

use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat, Utc};
use domain::ids::{AuditId, OutboxId, UserId};
use domain::page::Page;
use domain::permission::Permission;
use domain::user::User;
use store::person_history::{self, PAGE};
pub use store::person_history::{AskedCode, Deed, Message};
use store::{StoreError, Tx, users};

use super::doer::Doer;
use crate::{Admin, Error, Usecases};

/// Rows to ask for, so that it shows whether there are more.
pub(super) const LIMIT: u32 = 51;

/// Somebody and a page of what happened around them, newest first.
#[derive(Clone, Debug)]
pub struct PersonHistory<T> {
    /// Who.
    pub user: User,
    /// What.
    pub page: Page<T>,
}

/// Something done, and by whom.
#[derive(Clone, Debug)]
pub struct SignedDeed {
    /// What, and to whom if not to the person.
    pub deed: Deed,
    /// Who did it, when it was somebody of the staff; `None` too when they are gone.
    pub staff: Option<User>,
}

impl SignedDeed {
    /// Who did it.
    pub fn doer(&self) -> Doer<'_> {
        Doer::of(&self.deed.entry)
    }
}

impl Usecases {
    /// Codes that somebody asked for, from before `before` on. The cursor is the instant of the last.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn list_person_codes(
        &self,
        admin: &Admin,
        id: UserId,
        before: Option<DateTime<Utc>>,
    ) -> Result<PersonHistory<AskedCode>, Error> {
        admin.require(Permission::AuditView)?;
        let mut tx = self.parts.store.read().await?;
        let user = users::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let items = person_history::list_codes(&mut tx, id, before).await?;
        let cursor = |code: &AskedCode| code.challenge.created_at.to_rfc3339_opts(SecondsFormat::Micros, true);
        Ok(PersonHistory { user, page: page_of(items, cursor) })
    }

    /// Messages about somebody, from the one before `after` on.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn list_person_messages(
        &self,
        admin: &Admin,
        id: UserId,
        after: Option<OutboxId>,
    ) -> Result<PersonHistory<Message>, Error> {
        admin.require(Permission::AuditView)?;
        let mut tx = self.parts.store.read().await?;
        let user = users::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let items = person_history::list_messages(&mut tx, id, after).await?;
        Ok(PersonHistory { user, page: page_of(items, |message| message.id.to_string()) })
    }

    /// What was done to somebody and what they did to others, from before the entry `after` on.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Unavailable`.
    pub async fn list_person_audit(
        &self,
        admin: &Admin,
        id: UserId,
        after: Option<AuditId>,
    ) -> Result<PersonHistory<SignedDeed>, Error> {
        admin.require(Permission::AuditView)?;
        let mut tx = self.parts.store.read().await?;
        let user = users::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let page = page_of(person_history::list_deeds(&mut tx, id, after).await?, |deed| deed.entry.id.to_string());
        let mut people = People::default();
        let mut items = Vec::with_capacity(page.items.len());
        for deed in page.items {
            let staff = match Doer::of(&deed.entry) {
                Doer::Staff(by) => people.find(&mut tx, by).await?,
                Doer::Themselves | Doer::System(_) => None,
            };
            items.push(SignedDeed { deed, staff });
        }
        Ok(PersonHistory { user, page: Page { items, next: page.next } })
    }
}

/// People who were looked up already: few do what is on one page.
#[derive(Default)]
pub(super) struct People(HashMap<UserId, Option<User>>);

impl People {
    pub(super) async fn find(&mut self, tx: &mut Tx, id: UserId) -> Result<Option<User>, StoreError> {
        if let Some(known) = self.0.get(&id) {
            return Ok(known.clone());
        }
        let found = users::find(tx, id).await?;
        self.0.insert(id, found.clone());
        Ok(found)
    }
}

/// A page of what was asked for with one row too many.
pub(super) fn page_of<T>(mut items: Vec<T>, cursor: impl Fn(&T) -> String) -> Page<T> {
    let has_more = items.len() > PAGE;
    items.truncate(PAGE);
    let next = items.last().filter(|_| has_more).map(cursor);
    Page { items, next }
}
