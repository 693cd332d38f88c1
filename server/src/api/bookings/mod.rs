//! `/api/bookings/` and `/api/holds/`: the caller's own bookings, and slots kept for whoever is still signing in. To add an endpoint: see
//! `api`.

mod calendar;
mod cancel;
mod create;
mod hold;
mod list;
mod read;
mod read_review;
mod reschedule;
mod review;
pub mod views;

use utoipa_axum::routes;

use super::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(hold::handler), hold::PROBLEMS)
        .add(routes!(list::handler), list::PROBLEMS)
        .add(routes!(create::handler), create::PROBLEMS)
        .add(routes!(read::handler), read::PROBLEMS)
        .add(routes!(calendar::handler), calendar::PROBLEMS)
        .add(routes!(cancel::handler), cancel::PROBLEMS)
        .add(routes!(reschedule::handler), reschedule::PROBLEMS)
        .add(routes!(read_review::handler), read_review::PROBLEMS)
        .add(routes!(review::handler), review::PROBLEMS)
}
