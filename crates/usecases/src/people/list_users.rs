//! The list of people, and the one box that finds them.

use domain::error::{FieldError, ValidationError};
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

impl ListUsers {
    /// The names in an address.
    pub const NAMES: [&str; 11] =
        ["q", "status", "verified", "role", "origin", "has_name", "joined_from", "joined_to", "seen_from", "seen_to", "after"];

    /// Reads an address, given what it holds under a name.
    ///
    /// # Errors
    /// One for each value that is none of the offered.
    pub fn read<'a>(value: impl Fn(&str) -> Option<&'a str>) -> Result<Self, Vec<ValidationError>> {
        let (filter, mut errors) = match Filter::read(&value) {
            Ok(filter) => (filter, Vec::new()),
            Err(errors) => (Filter::default(), errors),
        };
        let after = value("after").filter(|text| !text.is_empty()).map(str::parse);
        if let Some(Err(_)) = after {
            errors.push(ValidationError::new("/after", FieldError::Invalid));
        }
        let typed = value("q").unwrap_or_default().to_owned();
        if errors.is_empty() { Ok(Self { typed, filter, after: after.and_then(Result::ok) }) } else { Err(errors) }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_with_every_fault_of_it() {
        assert!(Filter::NAMES.iter().all(|name| ListUsers::NAMES.contains(name)));
        let of = |pairs: &'static [(&str, &str)]| {
            ListUsers::read(move |name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| *value))
        };
        let read = of(&[("q", "05"), ("status", "blocked"), ("after", "")]).expect("all are offered");
        assert_eq!((read.typed.as_str(), read.after), ("05", None));
        let errors = of(&[("status", "gone"), ("after", "7")]).expect_err("refused");
        assert_eq!(errors.iter().map(|error| error.pointer.as_str()).collect::<Vec<_>>(), ["/status", "/after"]);
    }
}
