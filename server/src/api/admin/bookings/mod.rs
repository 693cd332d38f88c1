//! `/api/admin/salons/{id}/bookings/`, `/api/admin/bookings/{id}/`: the bookings of a salon, for those who work there.

mod act;
mod by_code;
mod create;
mod events;
mod list;
mod read;
mod reschedule;
pub mod views;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS)
        .add(routes!(create::handler), create::PROBLEMS)
        .add(routes!(by_code::handler), by_code::PROBLEMS)
        .add(routes!(read::handler), read::PROBLEMS)
        .add(routes!(events::handler), events::PROBLEMS)
        .add(routes!(act::handler), act::PROBLEMS)
        .add(routes!(reschedule::handler), reschedule::PROBLEMS)
}
