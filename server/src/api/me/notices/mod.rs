//! `/api/me/notices/`: what happened to the caller's account. To add an endpoint: see `api`.

mod list;
mod seen;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS).add(routes!(seen::handler), seen::PROBLEMS)
}
