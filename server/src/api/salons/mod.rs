//! `/api/salons/`: what the public sees of salons. All of it is open; what changes by the minute is not kept by anybody.

mod availability;
mod list;
mod read;
mod services;
mod staff;
pub mod views;

use utoipa_axum::routes;

use super::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS)
        .add(routes!(read::handler), read::PROBLEMS)
        .add(routes!(staff::handler), staff::PROBLEMS)
        .add(routes!(services::handler), services::PROBLEMS)
        .add(routes!(availability::handler), availability::PROBLEMS)
}
