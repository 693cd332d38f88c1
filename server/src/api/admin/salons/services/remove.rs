//! `DELETE /api/admin/salons/{id}/services/{service_id}/`

use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::{SalonId, TreatmentId};
use http::StatusCode;
use usecases::Usecases;

use crate::extract::{AdminBearer, Ids};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

/// Removes a service that was never booked. One that was is made inactive instead.
#[utoipa::path(delete, path = "/api/admin/salons/{id}/services/{service_id}/", operation_id = "removeService", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon"), ("service_id" = Uuid, Path, description = "Of the service")),
    responses((status = 204, description = "It is gone")))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Ids(id, service): Ids<SalonId, TreatmentId>,
) -> Result<StatusCode, Problem> {
    uc.remove_service(&admin, id, service).await?;
    Ok(StatusCode::NO_CONTENT)
}
