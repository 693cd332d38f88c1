//! `/api/auth/passkey/`: signing in with a passkey. To add an endpoint: see `api`.

mod options;
mod verify;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(options::handler), options::PROBLEMS).add(routes!(verify::handler), verify::PROBLEMS)
}
