//! What somebody booked, for those who run the platform.

use std::collections::HashMap;

use domain::ids::UserId;
use domain::permission::Permission;
use domain::user::User;
use store::visits::{self, Visit};
use store::{booked_counts, users};

use super::read::{cursor_of, read_cursor};
use crate::{Admin, Error, Usecases};

/// Bookings on a page.
const PAGE: usize = 50;
/// One more is asked for, so that it shows whether there are more.
const LIMIT: u32 = 51;

/// Somebody and what they booked.
#[derive(Clone, Debug)]
pub struct PersonBookings {
    /// Who.
    pub user: User,
    /// The last first.
    pub page: domain::page::Page<Visit>,
}

impl Usecases {
    /// What somebody booked in any salon, called off or not.
    ///
    /// # Errors
    /// `Forbidden`, `NotFound`, `Validation` (a cursor that is none), `Unavailable`.
    pub async fn list_person_bookings(&self, admin: &Admin, id: UserId, after: Option<&str>) -> Result<PersonBookings, Error> {
        admin.require(Permission::PeopleView)?;
        let after = after.map(read_cursor).transpose()?;
        let mut tx = self.parts.store.read().await?;
        let user = users::find(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let mut items = visits::list_of_customer(&mut tx, id, after, LIMIT).await?;
        let has_more = items.len() > PAGE;
        items.truncate(PAGE);
        let next = items.last().filter(|_| has_more).map(|last| cursor_of(&last.booking));
        Ok(PersonBookings { user, page: domain::page::Page { items, next } })
    }

    /// How much each of these people booked, up to [`booked_counts::MOST`]: for a page of them.
    ///
    /// # Errors
    /// `Forbidden`, `Unavailable`.
    pub async fn count_bookings_of(&self, admin: &Admin, people: &[UserId]) -> Result<HashMap<UserId, u64>, Error> {
        admin.require(Permission::PeopleView)?;
        Ok(booked_counts::count_for(&mut self.parts.store.read().await?, people).await?)
    }
}
