//! `/api/auth/token/`: tokens of a session. To add an endpoint: see `api`.

mod refresh;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(refresh::handler), refresh::PROBLEMS)
}
