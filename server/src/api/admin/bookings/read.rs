//! `GET /api/admin/bookings/{id}/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::BookingId;
use domain::locale::Locale;
use usecases::Usecases;

use super::views::DeskBookingView;
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// A booking of a salon.
#[utoipa::path(get, path = "/api/admin/bookings/{id}/", operation_id = "readSalonBooking", tag = "admin", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "Of the booking")),
    responses((status = 200, description = "How it stands", body = DeskBookingView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<BookingId>,
) -> Result<Json<DeskBookingView>, Problem> {
    Ok(Json(DeskBookingView::seen(&uc.read_booking(&admin, id).await?, uc.clock().now(), locale)))
}
