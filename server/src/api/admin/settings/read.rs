//! `GET /api/admin/settings/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use usecases::Usecases;

use super::views::LiveSettingsView;
use crate::extract::AdminBearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired];

/// The settings that may be changed while Salon runs, and what they come to.
#[utoipa::path(get, path = "/api/admin/settings/", operation_id = "readLiveSettings", tag = "admin", security(("bearer" = [])),
    responses((status = 200, description = "What holds", body = LiveSettingsView)))]
pub async fn handler(State(uc): State<Usecases>, AdminBearer(admin): AdminBearer) -> Result<Json<LiveSettingsView>, Problem> {
    Ok(Json(uc.read_live_settings(&admin).await?.into()))
}
