//! `GET /readyz`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use usecases::Usecases;

use super::healthz::Health;
use crate::problem::Problem;
use crate::state::Readiness;

pub const PROBLEMS: &[ErrorCode] = &[];

/// Work is welcome: the database answers at once and takes writes, its migrations are in, and the process is not on its way out.
#[utoipa::path(get, path = "/readyz", operation_id = "readyz", tag = "meta",
    responses((status = 200, description = "Work is welcome", body = Health)))]
pub async fn handler(State(uc): State<Usecases>, State(readiness): State<Readiness>) -> Result<Json<Health>, Problem> {
    if readiness.is_draining() {
        return Err(Problem::unavailable(5));
    }
    uc.ready().await?;
    Ok(Json(Health { status: "ok" }))
}
