//! `GET /api/admin/bulk-runs/{id}/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::BulkRunId;
use domain::locale::Locale;
use usecases::Usecases;

use super::views::BulkRunReport;
use crate::extract::{AdminBearer, After, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Validation, ErrorCode::Malformed];

/// Where a run stands and what became of its people. Runs are forgotten after thirty days, and whoever is erased goes out of them.
#[utoipa::path(get, path = "/api/admin/bulk-runs/{id}/", operation_id = "readBulkRun", tag = "admin", security(("bearer" = [])),
    params(
        ("id" = uuid::Uuid, Path, description = "Of the run"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ), responses((status = 200, description = "With fifty people at most", body = BulkRunReport)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<BulkRunId>,
    After(after): After<i32>,
) -> Result<Json<BulkRunReport>, Problem> {
    Ok(Json(BulkRunReport::new(&uc.read_bulk(&admin, id, after.unwrap_or(-1)).await?, locale)))
}
