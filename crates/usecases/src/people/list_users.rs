//! The list of people, and the one box that finds them.

use domain::ids::UserId;
use domain::page::Page;
use domain::people::{Filter, Search};
use domain::permission::Permission;
use domain::phone::PhoneNumber;
use domain::user::User;
use store::people;

use crate::{Admin, Error, Usecases};

/// What to look for.
#[derive(Clone, Debug, Default)]
pub struct ListUsers {
    /// As it was typed into the box.
    pub typed: String,
    /// What narrows it down.
    pub filter: Filter,
    /// The last person of the page before.
    pub after: Option<UserId>,
}

/// A page of people.
#[derive(Clone, Debug)]
pub struct UserList {
    /// What the box understood.
    pub search: Search,
    /// Who was found. The cursor is the id of the last.
    pub page: Page<User>,
    /// A good phone that nobody has: it can be added.
    pub addable: Option<PhoneNumber>,
}

impl Usecases {
    /// Looks for people over the whole platform.
    ///
    /// # Errors
    /// `Forbidden`, `Unavailable`.
    pub async fn list_users(&self, admin: &Admin, asked: &ListUsers) -> Result<UserList, Error> {
        admin.require(Permission::PeopleView)?;
        let search = Search::understand(&asked.typed, self.parts.settings.phones.default_region);
        let mut items = {
            let mut tx = self.parts.store.read().await?;
            people::list(&mut tx, &search, &asked.filter, asked.after).await?
        };
        let has_more = items.len() > people::PAGE;
        items.truncate(people::PAGE);
        let next = items.last().filter(|_| has_more).map(|user| user.id.to_string());
        let addable = match &search {
            Search::Phone(phone) if items.is_empty() => self.read_phone(phone.as_e164()).ok(),
            _ => None,
        };
        Ok(UserList { search, page: Page { items, next }, addable })
    }
}
