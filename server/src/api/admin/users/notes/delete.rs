//! `DELETE /api/admin/users/{id}/notes/{note_id}/`

use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::{NoteId, UserId};
use http::StatusCode;
use usecases::Usecases;

use crate::extract::{AdminBearer, Ids};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// Removes a note that the caller wrote.
#[utoipa::path(delete, path = "/api/admin/users/{id}/notes/{note_id}/", operation_id = "deleteUserNote", tag = "admin",
    security(("bearer" = [])), params(
        ("id" = Uuid, Path, description = "Of the person"),
        ("note_id" = Uuid, Path, description = "Of one of the caller's own notes"),
    ), responses((status = 204, description = "It is gone")))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Ids(id, note): Ids<UserId, NoteId>,
) -> Result<StatusCode, Problem> {
    uc.delete_note(&admin, id, note).await?;
    Ok(StatusCode::NO_CONTENT)
}
