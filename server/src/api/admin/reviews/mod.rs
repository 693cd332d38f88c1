//! `/api/admin/salons/{id}/reviews/`, `/api/admin/reviews/{id}/`: what customers say, for those who decide whether all may read it.

mod act;
mod list;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(list::handler), list::PROBLEMS).add(routes!(act::handler), act::PROBLEMS)
}
