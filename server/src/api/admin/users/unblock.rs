//! `POST /api/admin/users/{id}/unblock/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::UserId;
use domain::locale::Locale;
use usecases::Usecases;

use super::views::PersonItem;
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// Lets somebody in again. What ended when they were blocked stays ended.
#[utoipa::path(post, path = "/api/admin/users/{id}/unblock/", operation_id = "unblockUser", tag = "admin",
    security(("bearer" = [])), params(("id" = Uuid, Path, description = "Of the person")),
    responses((status = 200, description = "They are not blocked", body = PersonItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
) -> Result<Json<PersonItem>, Problem> {
    Ok(Json(PersonItem::new(&uc.unblock_person(&admin, id).await?, locale)))
}
