//! `/api/admin/salons/{id}/closings/`: days on which a salon is closed.

mod list;
mod remove;
mod save;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS)
        .add(routes!(save::handler), save::PROBLEMS)
        .add(routes!(remove::handler), remove::PROBLEMS)
}
