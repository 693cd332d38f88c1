//! `/api/me/privacy-requests/`: what the caller asks about their data. To add an endpoint: see `api`.

mod list;
mod open;
mod withdraw;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS)
        .add(routes!(open::handler), open::PROBLEMS)
        .add(routes!(withdraw::handler), withdraw::PROBLEMS)
}
