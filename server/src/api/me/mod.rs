//! `/api/me/`: the caller's own account. To add an endpoint: see `api`.

mod consents;
mod erase;
mod export;
mod notices;
mod passkeys;
mod phone;
mod privacy_requests;
mod read;
mod second_factor;
mod update;

use utoipa_axum::routes;

use super::Door;

pub fn add(door: Door) -> Door {
    let door = door
        .add(routes!(read::handler), read::PROBLEMS)
        .add(routes!(update::handler), update::PROBLEMS)
        .add(routes!(erase::handler), erase::PROBLEMS)
        .add(routes!(export::handler), export::PROBLEMS);
    let door = privacy_requests::add(consents::add(door));
    second_factor::add(passkeys::add(notices::add(phone::add(door))))
}
