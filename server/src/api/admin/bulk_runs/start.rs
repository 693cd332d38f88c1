//! `POST /api/admin/bulk-runs/{id}/start/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::BulkRunId;
use domain::locale::Locale;
use http::StatusCode;
use usecases::Usecases;
use utoipa::ToSchema;

use super::views::BulkRunReport;
use crate::extract::{AdminBearer, Fields, FromFields, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[
    ErrorCode::Forbidden,
    ErrorCode::SecondFactorRequired,
    ErrorCode::FreshAuthenticationRequired,
    ErrorCode::NotFound,
    ErrorCode::Conflict,
];

/// Saying yes.
#[derive(ToSchema)]
#[schema(as = BulkRunStart)]
pub struct Body {
    /// Needed to block; stays in the record. 500 characters at most.
    reason: Option<String>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { reason: fields.optional_text("reason") }
    }
}

/// Says yes to one's own run: it is done beside the requests, each person by the rules of the single act; read the run to see how far it is.
/// Saying so twice changes nothing. Blocking asks for a second factor shown ten minutes ago at most. `conflict`: chosen longer than an hour
/// ago, or an export.
#[utoipa::path(post, path = "/api/admin/bulk-runs/{id}/start/", operation_id = "startBulkRun", tag = "admin",
    security(("bearer" = [])), params(("id" = uuid::Uuid, Path, description = "Of the run")), request_body = Body,
    responses((status = 202, description = "It is under way", body = BulkRunReport)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<BulkRunId>,
    Input(Body { reason }): Input<Body>,
) -> Result<(StatusCode, Json<BulkRunReport>), Problem> {
    uc.start_bulk(&admin, id, reason.as_deref().unwrap_or_default()).await?;
    let run = uc.read_bulk(&admin, id, -1).await?;
    Ok((StatusCode::ACCEPTED, Json(BulkRunReport::new(&run, locale))))
}
