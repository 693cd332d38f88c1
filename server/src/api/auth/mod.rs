//! `/api/auth/`: signing in and out. To add an endpoint: see `api`.

mod logout;
mod passkey;
mod phone;
mod phone_change;
mod sessions;
mod token;

use utoipa_axum::routes;

use super::Door;

pub fn add(door: Door) -> Door {
    let door = phone::add(door);
    let door = phone_change::add(door);
    let door = passkey::add(door);
    let door = token::add(door);
    let door = sessions::add(door);
    door.add(routes!(logout::handler), logout::PROBLEMS)
}
