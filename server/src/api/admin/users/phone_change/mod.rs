//! `/api/admin/users/{id}/phone-change/`: moving a person's number. To add an endpoint: see `api`.

mod ask;
mod cancel;
mod read;
mod undo;
mod views;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(read::handler), read::PROBLEMS)
        .add(routes!(ask::handler), ask::PROBLEMS)
        .add(routes!(cancel::handler), cancel::PROBLEMS)
        .add(routes!(undo::handler), undo::PROBLEMS)
}
