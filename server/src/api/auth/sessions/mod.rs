//! `/api/auth/sessions/`: where the caller is signed in. To add an endpoint: see `api`.

mod end;
mod list;
mod revoke_others;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS)
        .add(routes!(revoke_others::handler), revoke_others::PROBLEMS)
        .add(routes!(end::handler), end::PROBLEMS)
}
