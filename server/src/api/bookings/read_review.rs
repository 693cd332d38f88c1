//! `GET /api/bookings/{id}/review/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::BookingId;
use usecases::Usecases;

use super::views::OwnReview;
use crate::extract::{Bearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound];

/// What the caller said of a visit.
#[utoipa::path(get, path = "/api/bookings/{id}/review/", operation_id = "readMyReview", tag = "bookings", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "Of the booking")),
    responses((status = 200, description = "As it stands", body = OwnReview)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Bearer(actor): Bearer,
    Id(id): Id<BookingId>,
) -> Result<Json<OwnReview>, Problem> {
    Ok(Json((&uc.read_my_review(&actor, id).await?).into()))
}
