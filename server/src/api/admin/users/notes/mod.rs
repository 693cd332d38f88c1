//! `/api/admin/users/{id}/notes/`: what those who run the platform write about somebody.

mod add;
mod delete;
mod list;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS)
        .add(routes!(add::handler), add::PROBLEMS)
        .add(routes!(delete::handler), delete::PROBLEMS)
}
