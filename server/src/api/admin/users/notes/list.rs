//! `GET /api/admin/users/{id}/notes/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::{NoteId, UserId};
use domain::locale::Locale;
use usecases::Usecases;

use crate::api::admin::users::person_views::NotePage;
use crate::extract::{AdminBearer, After, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Validation];

/// Notes about somebody.
#[utoipa::path(get, path = "/api/admin/users/{id}/notes/", operation_id = "listUserNotes", tag = "admin",
    security(("bearer" = [])), params(
        ("id" = Uuid, Path, description = "Of the person"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ), responses((status = 200, description = "Newest first, fifty at most", body = NotePage)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
    After(after): After<NoteId>,
) -> Result<Json<NotePage>, Problem> {
    Ok(Json(NotePage::new(uc.list_notes(&admin, id, after).await?, locale)))
}
