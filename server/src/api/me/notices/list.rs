//! `GET /api/me/notices/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use usecases::Usecases;

use crate::api::views::Notice;
use crate::extract::Bearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[];

/// What happened to the caller's account and was not put away yet: sign-ins from new devices, a move to another number and the like, of
/// the last 90 days. What the caller's own session did is not among it.
#[utoipa::path(get, path = "/api/me/notices/", operation_id = "listNotices", tag = "me", security(("bearer" = [])),
    responses((status = 200, description = "Newest first, twenty at most", body = [Notice])))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer) -> Result<Json<Vec<Notice>>, Problem> {
    Ok(Json(uc.list_notices(&actor).await?.into_iter().map(Notice::from).collect()))
}
