//! `/api/me/consents/`: what the caller agreed to. To add an endpoint: see `api`.

mod list;
mod say;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS).add(routes!(say::handler), say::PROBLEMS)
}
