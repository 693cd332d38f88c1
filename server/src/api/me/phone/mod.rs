//! `/api/me/phone/`: proving or changing the caller's number. To add an endpoint: see `api`.

mod request;
mod verify;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(request::handler), request::PROBLEMS).add(routes!(verify::handler), verify::PROBLEMS)
}
