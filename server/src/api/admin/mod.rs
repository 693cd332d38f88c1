//! `/api/admin/`: what the pages of the admin do, as JSON. Where the admin is not open these addresses are like any that nobody knows.
//! To add an endpoint: see `api`; its handler takes [`crate::extract::AdminBearer`].

mod privacy;
mod users;

use super::Door;

pub fn add(door: Door) -> Door {
    privacy::add(users::add(door))
}
