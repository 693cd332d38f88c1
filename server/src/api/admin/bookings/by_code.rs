//! `GET /api/admin/salons/{id}/bookings/by-code/{code}/`

use axum::extract::{Path, State};
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::SalonId;
use domain::locale::Locale;
use usecases::Usecases;

use super::views::DeskBookingView;
use crate::extract::AdminBearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// The booking that somebody at the counter names by its code, in either case, with a hyphen or a space in it.
#[utoipa::path(get, path = "/api/admin/salons/{id}/bookings/by-code/{code}/", operation_id = "findSalonBooking", tag = "admin",
    security(("bearer" = [])), params(
        ("id" = uuid::Uuid, Path, description = "Of the salon"),
        ("code" = String, Path, description = "Six characters"),
    ), responses((status = 200, description = "How it stands", body = DeskBookingView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Path((salon, code)): Path<(String, String)>,
) -> Result<Json<DeskBookingView>, Problem> {
    let salon: SalonId = salon.parse().map_err(|_| ErrorCode::NotFound)?;
    Ok(Json(DeskBookingView::seen(&uc.find_booking_by_code(&admin, salon, &code).await?, uc.clock().now(), locale)))
}
