//! `/api/me/passkeys/`: the caller's passkeys. To add an endpoint: see `api`.

mod add;
mod list;
mod options;
mod remove;
mod rename;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS)
        .add(routes!(options::handler), options::PROBLEMS)
        .add(routes!(add::handler), add::PROBLEMS)
        .add(routes!(rename::handler), rename::PROBLEMS)
        .add(routes!(remove::handler), remove::PROBLEMS)
}
