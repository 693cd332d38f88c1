//! `POST /api/bookings/{id}/reschedule/`

use axum::extract::State;
use axum::{Extension, Json};
use chrono::{DateTime, Utc};
use domain::error::ErrorCode;
use domain::ids::{BookingId, StaffId};
use domain::locale::Locale;
use usecases::{Reschedule, Usecases};
use utoipa::ToSchema;

use super::views::BookingView;
use crate::extract::{Bearer, Fields, FromFields, Id, IdempotencyKey, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound, ErrorCode::SlotTaken, ErrorCode::HoldExpired, ErrorCode::Conflict];

#[derive(ToSchema)]
#[schema(as = BookingReschedule)]
pub struct Body {
    starts_at: DateTime<Utc>,
    /// With whom; without it with the same.
    #[schema(value_type = Option<Uuid>)]
    staff_id: Option<StaffId>,
    /// As the caller saw it; without it, as it is.
    #[schema(example = 1)]
    version: Option<i64>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            starts_at: fields.instant("starts_at"),
            staff_id: fields.optional_id("staff_id"),
            version: fields.optional_integer("version"),
        }
    }
}

/// Moves a booking in place; its id and code stay. `slot-taken` names what is free nearest to it. `conflict`: it was changed since
/// `version`; or it cannot be moved any more, and `reason` says why.
#[utoipa::path(post, path = "/api/bookings/{id}/reschedule/", operation_id = "rescheduleMyBooking", tag = "bookings",
    security(("bearer" = [])), params(
        ("id" = uuid::Uuid, Path, description = "Of the booking"),
        ("Idempotency-Key" = Option<String>, Header, description = "Up to 200 visible ASCII characters"),
    ), request_body = Body, responses((status = 200, description = "It is moved", body = BookingView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Bearer(actor): Bearer,
    Id(id): Id<BookingId>,
    key: IdempotencyKey,
    Input(Body { starts_at, staff_id: staff, version }): Input<Body>,
) -> Result<Json<BookingView>, Problem> {
    let to = Reschedule { starts_at, staff, version };
    let asked = key.with("reschedule", Some(id), &to)?;
    let visit = uc.reschedule_booking(&actor, id, &to, asked.as_ref()).await?;
    Ok(Json(BookingView::new(&visit, uc.clock().now(), locale)))
}
