//! `GET /api/admin/salons/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::locale::Locale;
use usecases::Usecases;

use crate::api::admin::salons::views::OwnSalonPage;
use crate::extract::{AdminBearer, After};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::Malformed, ErrorCode::Validation];

/// The salons that the caller has a role in; all of them for those who set salons up.
#[utoipa::path(get, path = "/api/admin/salons/", operation_id = "listOwnSalons", tag = "salons", security(("bearer" = [])),
    params(("after" = Option<String>, Query, description = "`next` of the page before")),
    responses((status = 200, description = "By their slugs, twenty-four at most", body = OwnSalonPage)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    After(after): After<String>,
) -> Result<Json<OwnSalonPage>, Problem> {
    Ok(Json(OwnSalonPage::new(uc.list_own_salons(&admin, after.as_deref()).await?, locale)))
}
