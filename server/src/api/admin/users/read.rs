//! `GET /api/admin/users/{id}/`

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

/// One person.
#[utoipa::path(get, path = "/api/admin/users/{id}/", operation_id = "readUser", tag = "admin", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the person")),
    responses((status = 200, description = "As they are now", body = PersonItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
) -> Result<Json<PersonItem>, Problem> {
    Ok(Json(PersonItem::new(&uc.read_user(&admin, id).await?.user, locale)))
}
