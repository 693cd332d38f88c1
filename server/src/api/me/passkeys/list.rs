//! `GET /api/me/passkeys/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use usecases::Usecases;

use crate::api::passkey_views::PasskeyItem;
use crate::extract::Bearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[];

/// The caller's passkeys, oldest first.
#[utoipa::path(get, path = "/api/me/passkeys/", operation_id = "listPasskeys", tag = "me", security(("bearer" = [])),
    responses((status = 200, description = "Twenty at most", body = Vec<PasskeyItem>)))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer) -> Result<Json<Vec<PasskeyItem>>, Problem> {
    Ok(Json(uc.list_passkeys(&actor).await?.into_iter().map(PasskeyItem::from).collect()))
}
