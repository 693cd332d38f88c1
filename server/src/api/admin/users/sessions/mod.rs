//! `/api/admin/users/{id}/sessions/`: where somebody is signed in, and ending it.

mod end;
mod end_all;
mod list;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS)
        .add(routes!(end_all::handler), end_all::PROBLEMS)
        .add(routes!(end::handler), end::PROBLEMS)
}
