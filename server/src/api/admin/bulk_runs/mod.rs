//! `/api/admin/bulk-runs/`: one act on many people. The file of an export is at `/api/admin/users/export/?run=`.

mod prepare;
mod read;
mod start;
mod views;

use utoipa_axum::routes;

use crate::api::Door;

pub fn add(door: Door) -> Door {
    door.add(routes!(prepare::handler), prepare::PROBLEMS)
        .add(routes!(read::handler), read::PROBLEMS)
        .add(routes!(start::handler), start::PROBLEMS)
}
