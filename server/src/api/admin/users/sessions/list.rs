//! `GET /api/admin/users/{id}/sessions/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::UserId;
use usecases::Usecases;

use crate::api::admin::users::person_views::PersonSession;
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// Somebody's live sessions, web and app.
#[utoipa::path(get, path = "/api/admin/users/{id}/sessions/", operation_id = "listUserSessions", tag = "admin",
    security(("bearer" = [])), params(("id" = Uuid, Path, description = "Of the person")),
    responses((status = 200, description = "Newest use first", body = [PersonSession])))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
) -> Result<Json<Vec<PersonSession>>, Problem> {
    let sessions = uc.read_user(&admin, id).await?.sessions;
    Ok(Json(sessions.iter().map(PersonSession::from).collect()))
}
