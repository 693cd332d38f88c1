//! `/api/admin/salons/{id}/services/`: what a salon offers.

mod add;
mod edit;
mod list;
mod remove;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS)
        .add(routes!(add::handler), add::PROBLEMS)
        .add(routes!(edit::handler), edit::PROBLEMS)
        .add(routes!(remove::handler), remove::PROBLEMS)
}
