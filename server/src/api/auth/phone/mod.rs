//! `/api/auth/phone/`: signing in with a code. To add an endpoint: see `api`.

mod challenge;
pub(super) mod request;
mod resend;
mod verify;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(request::handler), request::PROBLEMS)
        .add(routes!(challenge::handler), challenge::PROBLEMS)
        .add(routes!(resend::handler), resend::PROBLEMS)
        .add(routes!(verify::handler), verify::PROBLEMS)
}
