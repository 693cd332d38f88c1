//! What is about the service itself: health and keys. To add an endpoint: see `api`.

pub mod dev_sms;
mod healthz;
mod jwks;
mod readyz;

use utoipa_axum::routes;

use super::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(jwks::handler), jwks::PROBLEMS)
        .add(routes!(healthz::handler), healthz::PROBLEMS)
        .add(routes!(readyz::handler), readyz::PROBLEMS)
}
