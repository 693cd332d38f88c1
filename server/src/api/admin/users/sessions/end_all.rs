//! `POST /api/admin/users/{id}/sessions/end-all/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::UserId;
use serde::Serialize;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// How many.
#[derive(Serialize, ToSchema)]
#[schema(as = SessionsEnded)]
pub struct Ended {
    pub ended: u64,
}

/// Ends all sessions of somebody; of one's own all but this one.
#[utoipa::path(post, path = "/api/admin/users/{id}/sessions/end-all/", operation_id = "endUserSessions", tag = "admin",
    security(("bearer" = [])), params(("id" = Uuid, Path, description = "Of the person")),
    responses((status = 200, description = "They are over", body = Ended)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
) -> Result<Json<Ended>, Problem> {
    Ok(Json(Ended { ended: uc.end_person_sessions(&admin, id).await? }))
}
