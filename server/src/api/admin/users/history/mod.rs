//! `/api/admin/users/{id}/{codes,messages,audit}/`: what happened around somebody.

mod audit;
mod codes;
mod messages;

use domain::error::ErrorCode;
use utoipa_axum::routes;

use crate::api::Door;

const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Validation];

pub fn add(door: Door) -> Door {
    door.add(routes!(codes::handler), PROBLEMS).add(routes!(messages::handler), PROBLEMS).add(routes!(audit::handler), PROBLEMS)
}
