//! `/api/salons/{slug}/reviews/`: what the public reads of a salon. To add an endpoint: see `api`.

mod list;

use utoipa_axum::routes;

use super::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS)
}
