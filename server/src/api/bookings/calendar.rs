//! `GET /api/bookings/{id}/calendar.ics`

use axum::Extension;
use axum::extract::State;
use axum::response::IntoResponse;
use domain::error::ErrorCode;
use domain::ids::BookingId;
use domain::locale::Locale;
use http::header;
use usecases::Usecases;

use crate::extract::{Bearer, Id};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound];

/// One of the caller's bookings for their calendar (RFC 5545). A later file of the same booking takes the place of an earlier one.
#[utoipa::path(get, path = "/api/bookings/{id}/calendar.ics", operation_id = "readMyBookingCalendar", tag = "bookings",
    security(("bearer" = [])), params(("id" = uuid::Uuid, Path, description = "Of the booking")),
    responses((status = 200, description = "An event", body = String, content_type = "text/calendar")))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Bearer(actor): Bearer,
    Id(id): Id<BookingId>,
) -> Result<impl IntoResponse, Problem> {
    let file = uc.read_calendar(&actor, id, locale).await?;
    let headers = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"booking.ics\""),
    ];
    Ok((headers, file))
}
