//! `/api/admin/salons/{id}/staff/`: who works in a salon.

mod add;
mod edit;
mod list;
mod set_services;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS)
        .add(routes!(add::handler), add::PROBLEMS)
        .add(routes!(edit::handler), edit::PROBLEMS)
        .add(routes!(set_services::handler), set_services::PROBLEMS)
}
