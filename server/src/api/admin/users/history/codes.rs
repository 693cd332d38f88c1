//! `GET /api/admin/users/{id}/codes/`

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::ids::UserId;
use usecases::Usecases;

use crate::api::admin::users::person_views::CodePage;
use crate::extract::{AdminBearer, After, Id};
use crate::problem::Problem;

/// Codes that somebody asked for and how they ended. The code is not among it: it is not kept.
#[utoipa::path(get, path = "/api/admin/users/{id}/codes/", operation_id = "listUserCodes", tag = "admin", security(("bearer" = [])),
    params(
        ("id" = Uuid, Path, description = "Of the person"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ), responses((status = 200, description = "Newest first, fifty at most", body = CodePage)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
    After(after): After<DateTime<Utc>>,
) -> Result<Json<CodePage>, Problem> {
    Ok(Json(CodePage::new(uc.list_person_codes(&admin, id, after).await?, uc.clock().now())))
}
