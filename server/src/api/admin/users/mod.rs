//! `/api/admin/users/`: people, for those who run the platform.

mod list;
mod phone_change;
mod views;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    let door = phone_change::add(door);
    door.add(routes!(list::handler), list::PROBLEMS)
}
