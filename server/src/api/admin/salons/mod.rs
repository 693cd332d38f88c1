//! `/api/admin/salons/`: salons, for those who set them up and those who run them.

mod bodies;
mod closings;
mod create;
mod edit;
mod grants;
mod hours;
mod list;
mod read;
mod services;
mod set_status;
mod staff;
mod views;

use domain::error::{FieldError, ValidationError};
use utoipa_axum::routes;

use crate::api::Door;
use crate::api::query::{self, Asked};
use crate::problem::Problem;

pub fn add(door: Door) -> Door {
    let door = door
        .add(routes!(list::handler), list::PROBLEMS)
        .add(routes!(create::handler), create::PROBLEMS)
        .add(routes!(read::handler), read::PROBLEMS)
        .add(routes!(edit::handler), edit::PROBLEMS)
        .add(routes!(set_status::handler), set_status::PROBLEMS);
    let door = grants::add(door);
    let door = services::add(door);
    let door = staff::add(door);
    let door = hours::add(door);
    closings::add(door)
}

/// `?confirm=true`: that the bookings it hits are known.
fn confirm(asked: Asked) -> Result<bool, Problem> {
    query::read(asked, &["confirm"], |query| match query.get("confirm").map(String::as_str) {
        None | Some("" | "false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(vec![ValidationError::new("/confirm", FieldError::NotOffered)]),
    })
}
