//! `/api/admin/privacy-requests/`, `/api/admin/retention/`, and what is answered about one person: export, erasure, consents.

mod act;
mod consents;
mod erase;
mod export;
mod list;
mod open;
mod record_consent;
mod retention;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS)
        .add(routes!(open::handler), open::PROBLEMS)
        .add(routes!(act::handler), act::PROBLEMS)
        .add(routes!(export::handler), export::PROBLEMS)
        .add(routes!(erase::handler), erase::PROBLEMS)
        .add(routes!(consents::handler), consents::PROBLEMS)
        .add(routes!(record_consent::handler), record_consent::PROBLEMS)
        .add(routes!(retention::handler), retention::PROBLEMS)
}
