//! `GET /api/bookings/{id}/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::BookingId;
use domain::locale::Locale;
use usecases::Usecases;

use super::views::BookingView;
use crate::extract::{Bearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound];

/// One of the caller's bookings.
#[utoipa::path(get, path = "/api/bookings/{id}/", operation_id = "readMyBooking", tag = "bookings", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "Of the booking")),
    responses((status = 200, description = "How it stands", body = BookingView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Bearer(actor): Bearer,
    Id(id): Id<BookingId>,
) -> Result<Json<BookingView>, Problem> {
    Ok(Json(BookingView::new(&uc.read_my_booking(&actor, id).await?, uc.clock().now(), locale)))
}
