//! `/api/auth/phone-change/`: proving a number that staff have asked for, without a session. To add an endpoint: see `api`.

mod request;
mod resend;
mod verify;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(request::handler), request::PROBLEMS)
        .add(routes!(resend::handler), resend::PROBLEMS)
        .add(routes!(verify::handler), verify::PROBLEMS)
}
