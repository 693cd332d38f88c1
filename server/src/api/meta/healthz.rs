//! `GET /healthz`

use axum::Json;
use domain::error::ErrorCode;
use serde::Serialize;
use utoipa::ToSchema;

pub const PROBLEMS: &[ErrorCode] = &[];

/// How the service is.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// Always `ok`; anything else is a problem.
    #[schema(example = "ok")]
    pub status: &'static str,
}

/// The process is up.
#[utoipa::path(get, path = "/healthz", operation_id = "healthz", tag = "meta",
    responses((status = 200, description = "The process is up", body = Health)))]
pub async fn handler() -> Json<Health> {
    Json(Health { status: "ok" })
}
