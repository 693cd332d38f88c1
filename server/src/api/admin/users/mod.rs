//! `/api/admin/users/`: people, for those who run the platform.

mod add;
mod block;
mod export;
mod history;
mod list;
mod notes;
mod person_views;
mod phone_change;
mod read;
mod roles;
mod sessions;
mod unblock;
mod update;
pub(super) mod views;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    let door = door
        .add(routes!(list::handler), list::PROBLEMS)
        .add(routes!(export::handler), export::PROBLEMS)
        .add(routes!(add::handler), add::PROBLEMS)
        .add(routes!(read::handler), read::PROBLEMS)
        .add(routes!(update::handler), update::PROBLEMS)
        .add(routes!(block::handler), block::PROBLEMS)
        .add(routes!(unblock::handler), unblock::PROBLEMS);
    let door = sessions::add(door);
    let door = notes::add(door);
    let door = roles::add(door);
    let door = history::add(door);
    phone_change::add(door)
}
