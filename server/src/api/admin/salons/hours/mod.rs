//! `/api/admin/salons/{id}/staff/{staff_id}/…`: when somebody is at work.

mod add_schedule;
mod add_time_off;
mod read;
mod remove_exception;
mod remove_schedule;
mod remove_time_off;
mod replace_schedule;
mod save_exception;
mod save_week;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(read::handler), read::PROBLEMS)
        .add(routes!(save_week::handler), save_week::PROBLEMS)
        .add(routes!(add_schedule::handler), add_schedule::PROBLEMS)
        .add(routes!(replace_schedule::handler), replace_schedule::PROBLEMS)
        .add(routes!(remove_schedule::handler), remove_schedule::PROBLEMS)
        .add(routes!(save_exception::handler), save_exception::PROBLEMS)
        .add(routes!(remove_exception::handler), remove_exception::PROBLEMS)
        .add(routes!(add_time_off::handler), add_time_off::PROBLEMS)
        .add(routes!(remove_time_off::handler), remove_time_off::PROBLEMS)
}
