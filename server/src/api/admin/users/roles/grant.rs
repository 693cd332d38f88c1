//! `PUT /api/admin/users/{id}/roles/{role}/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::UserId;
use domain::locale::Locale;
use usecases::Usecases;

use crate::api::admin::users::views::PersonItem;
use crate::extract::{AdminBearer, Ids, RoleName};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[
    ErrorCode::Forbidden,
    ErrorCode::SecondFactorRequired,
    ErrorCode::FreshAuthenticationRequired,
    ErrorCode::NotFound,
    ErrorCode::Conflict,
    ErrorCode::Validation,
];

/// Grants a role on the platform, in force with their next request. The second factor has to be shown anew first.
#[utoipa::path(put, path = "/api/admin/users/{id}/roles/{role}/", operation_id = "grantUserRole", tag = "admin", security(("bearer" = [])),
    params(
        ("id" = Uuid, Path, description = "Of the person"),
        ("role" = String, Path, description = "`platform_admin`"),
    ), responses((status = 200, description = "They have it", body = PersonItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Ids(id, RoleName(role)): Ids<UserId, RoleName>,
) -> Result<Json<PersonItem>, Problem> {
    Ok(Json(PersonItem::new(&uc.grant_person_role(&admin, id, role).await?, locale)))
}
