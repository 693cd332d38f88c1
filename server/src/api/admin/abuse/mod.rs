//! `/api/admin/abuse/`: what strangers do with codes.

mod read;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(read::handler), read::PROBLEMS)
}
