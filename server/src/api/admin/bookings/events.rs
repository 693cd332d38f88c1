//! `GET /api/admin/bookings/{id}/events/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::BookingId;
use domain::locale::Locale;
use usecases::Usecases;

use super::views::BookingEvents;
use crate::extract::{AdminBearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// What happened to a booking of a salon.
#[utoipa::path(get, path = "/api/admin/bookings/{id}/events/", operation_id = "listBookingEvents", tag = "admin",
    security(("bearer" = [])), params(("id" = uuid::Uuid, Path, description = "Of the booking")),
    responses((status = 200, description = "In order", body = BookingEvents)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<BookingId>,
) -> Result<Json<BookingEvents>, Problem> {
    let (events, may_view_phone) = uc.list_booking_events(&admin, id).await?;
    Ok(Json(BookingEvents::new(&events, may_view_phone, locale)))
}
