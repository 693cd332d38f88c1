//! `/api/admin/settings/`: what may be set while Salon runs.

mod change;
mod read;
mod views;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    let door = door.add(routes!(read::handler), read::PROBLEMS);
    door.add(routes!(change::handler), change::PROBLEMS)
}
