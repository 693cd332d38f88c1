//! `/api/admin/users/{id}/roles/{role}/`: roles on the platform, given and taken.

mod grant;
mod revoke;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(grant::handler), grant::PROBLEMS).add(routes!(revoke::handler), revoke::PROBLEMS)
}
