//! `POST /api/admin/bookings/{id}/reschedule/`

use axum::extract::State;
use axum::{Extension, Json};
use chrono::{DateTime, Utc};
use domain::error::ErrorCode;
use domain::ids::{BookingId, StaffId};
use domain::locale::Locale;
use usecases::{Overbook, Reschedule, Usecases};
use utoipa::ToSchema;

use super::create::{OverbookShape, overbook};
use super::views::DeskBookingView;
use crate::extract::{AdminBearer, Fields, FromFields, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::SlotTaken, ErrorCode::Conflict];

#[derive(ToSchema)]
#[schema(as = DeskBookingReschedule)]
pub struct Body {
    /// On the grid and in the hours of work or not.
    starts_at: DateTime<Utc>,
    /// With whom; without it with the same.
    #[schema(value_type = Option<Uuid>)]
    staff_id: Option<StaffId>,
    /// As the caller saw it; without it, as it is.
    #[schema(example = 1)]
    version: Option<i64>,
    #[schema(max_length = 500)]
    reason: Option<String>,
    /// Over another booking, on purpose; for owners and managers.
    #[schema(value_type = Option<OverbookShape>)]
    overbook: Option<Overbook>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            starts_at: fields.instant("starts_at"),
            staff_id: fields.optional_id("staff_id"),
            version: fields.optional_integer("version"),
            reason: fields.optional_text("reason"),
            overbook: overbook(fields),
        }
    }
}

/// Moves a booking of a salon in place; its id and code stay. `slot-taken` names what is free nearest to it.
#[utoipa::path(post, path = "/api/admin/bookings/{id}/reschedule/", operation_id = "moveBooking", tag = "admin",
    security(("bearer" = [])), params(("id" = Uuid, Path, description = "Of the booking")), request_body = Body,
    responses((status = 200, description = "It is moved", body = DeskBookingView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<BookingId>,
    Input(Body { starts_at, staff_id: staff, version, reason, overbook }): Input<Body>,
) -> Result<Json<DeskBookingView>, Problem> {
    let to = Reschedule { starts_at, staff, version };
    uc.move_booking(&admin, id, &to, reason.as_deref(), overbook.as_ref()).await?;
    Ok(Json(DeskBookingView::seen(&uc.read_booking(&admin, id).await?, uc.clock().now(), locale)))
}
