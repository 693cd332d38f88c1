//! `/api/admin/`: what the pages of the admin do, as JSON. Where the admin is not open these addresses are like any that nobody knows.
//! To add an endpoint: see `api`; its handler takes [`crate::extract::AdminBearer`].

mod abuse;
mod audit;
mod bookings;
mod bulk_runs;
mod messages;
mod privacy;
mod reviews;
mod salons;
mod settings;
mod users;

use super::Door;

pub fn add(door: Door) -> Door {
    let door = users::add(door);
    let door = bulk_runs::add(door);
    let door = audit::add(door);
    let door = messages::add(door);
    let door = abuse::add(door);
    let door = settings::add(door);
    let door = bookings::add(door);
    let door = reviews::add(door);
    let door = privacy::add(door);
    salons::add(door)
}
