//! `GET /api/admin/users/{id}/phone-change/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::UserId;
use usecases::Usecases;

use super::views::{PhoneChange, PhoneChangeStanding};
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// The last move of a number that a person is part of, until nothing can come of it any more.
#[utoipa::path(get, path = "/api/admin/users/{id}/phone-change/", operation_id = "readPhoneChange", tag = "admin",
    security(("bearer" = [])), params(("id" = Uuid, Path, description = "Of a person")),
    responses((status = 200, description = "How it stands", body = PhoneChangeStanding)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<UserId>,
) -> Result<Json<PhoneChangeStanding>, Problem> {
    let found = uc.read_phone_move(&admin, id).await?;
    let now = uc.clock().now();
    Ok(Json(PhoneChangeStanding { last: found.last.map(|last| PhoneChange::new(&last, now)) }))
}
