//! `/api/admin/messages/`: what was texted, and what became of it.

mod list;
mod read;
mod show_number;
mod views;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    let door = door.add(routes!(list::handler), list::PROBLEMS);
    let door = door.add(routes!(read::handler), read::PROBLEMS);
    door.add(routes!(show_number::handler), show_number::PROBLEMS)
}
