//! `GET /api/me/export/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use serde_json::Value;
use usecases::Usecases;

use crate::extract::Bearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[];

/// All data held about the caller.
#[utoipa::path(get, path = "/api/me/export/", operation_id = "exportMe", tag = "me", security(("bearer" = [])),
    responses((status = 200, description = "All data held", body = Object)))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer) -> Result<Json<Value>, Problem> {
    Ok(Json(uc.export_me(&actor).await?))
}
