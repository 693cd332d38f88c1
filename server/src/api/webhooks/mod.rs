//! `/api/webhooks/`: what providers call. To add an endpoint: see `api`.

mod sms;

use utoipa_axum::routes;

use super::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(sms::handler), sms::PROBLEMS)
}
