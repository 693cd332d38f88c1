//! `/api/admin/users/`: people, for those who run the platform.

mod export;
mod list;
mod views;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS).add(routes!(export::handler), export::PROBLEMS)
}
