//! `GET /api/admin/users/{id}/audit/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::ids::{AuditId, UserId};
use domain::locale::Locale;
use usecases::Usecases;

use crate::api::admin::users::person_views::DeedPage;
use crate::extract::{AdminBearer, After, Id};
use crate::problem::Problem;

/// What was done to somebody, and what they did to others.
#[utoipa::path(get, path = "/api/admin/users/{id}/audit/", operation_id = "listUserAudit", tag = "admin", security(("bearer" = [])),
    params(
        ("id" = Uuid, Path, description = "Of the person"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ), responses((status = 200, description = "Newest first, fifty at most", body = DeedPage)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
    After(after): After<AuditId>,
) -> Result<Json<DeedPage>, Problem> {
    Ok(Json(DeedPage::new(uc.list_person_audit(&admin, id, after).await?, locale)))
}
