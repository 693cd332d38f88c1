//! `GET /api/me/second-factor/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use usecases::Usecases;

use crate::api::views::SecondFactor;
use crate::extract::Bearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[];

/// What the caller has, and whether this session was shown it.
#[utoipa::path(get, path = "/api/me/second-factor/", operation_id = "readSecondFactor", tag = "me", security(("bearer" = [])),
    responses((status = 200, description = "How the caller stands", body = SecondFactor)))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer) -> Result<Json<SecondFactor>, Problem> {
    Ok(Json(uc.find_second_factor(&actor).await?.into()))
}
