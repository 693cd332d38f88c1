//! `GET /api/auth/sessions/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use usecases::Usecases;

use crate::api::views::SessionItem;
use crate::extract::Bearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[];

/// The caller's live sessions, web and app.
#[utoipa::path(get, path = "/api/auth/sessions/", operation_id = "listSessions", tag = "auth", security(("bearer" = [])),
    responses((status = 200, description = "Newest use first", body = [SessionItem])))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer) -> Result<Json<Vec<SessionItem>>, Problem> {
    let sessions = uc.list_sessions(&actor).await?;
    Ok(Json(sessions.iter().map(|session| SessionItem::new(session, &actor.session)).collect()))
}
