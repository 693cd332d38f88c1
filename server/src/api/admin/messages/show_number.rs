//! `POST /api/admin/messages/{id}/show-number/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::OutboxId;
use serde::Serialize;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// The number of a message.
#[derive(Serialize, ToSchema)]
pub struct ShownNumber {
    /// E.164.
    #[schema(example = "+966501234567")]
    pub phone: String,
}

/// The whole number that a message went to. So many an hour, and each is in the audit.
#[utoipa::path(post, path = "/api/admin/messages/{id}/show-number/", operation_id = "showNumber", tag = "admin",
    security(("bearer" = [])), params(("id" = String, Path, description = "The message")),
    responses((status = 200, description = "The number", body = ShownNumber)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<OutboxId>,
) -> Result<Json<ShownNumber>, Problem> {
    let phone = uc.show_number(&admin, id).await?;
    Ok(Json(ShownNumber { phone: phone.as_e164().to_owned() }))
}
