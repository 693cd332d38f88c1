//! `/api/admin/salons/{id}/grants/`: who is what in a salon.

mod grant;
mod list;
mod revoke;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS)
        .add(routes!(grant::handler), grant::PROBLEMS)
        .add(routes!(revoke::handler), revoke::PROBLEMS)
}
