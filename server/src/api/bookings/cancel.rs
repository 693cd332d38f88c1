//! `POST /api/bookings/{id}/cancel/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::BookingId;
use domain::locale::Locale;
use serde::Serialize;
use usecases::Usecases;
use utoipa::ToSchema;

use super::views::BookingView;
use crate::extract::{Bearer, Fields, FromFields, Id, IdempotencyKey, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound, ErrorCode::SlotTaken, ErrorCode::HoldExpired, ErrorCode::Conflict];

#[derive(Serialize, ToSchema)]
#[schema(as = BookingCancel)]
pub struct Body {
    /// As the caller saw it; without it, as it is.
    #[schema(example = 1)]
    version: Option<i64>,
    /// For the salon.
    #[schema(max_length = 500)]
    reason: Option<String>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { version: fields.optional_integer("version"), reason: fields.optional_text("reason") }
    }
}

/// Calls a booking off. `conflict`: it was changed since `version`; or it cannot be any more, and `reason` says why: `too_late`,
/// `not_from_here`. What is called off already is an answer like the first.
#[utoipa::path(post, path = "/api/bookings/{id}/cancel/", operation_id = "cancelMyBooking", tag = "bookings", security(("bearer" = [])),
    params(
        ("id" = uuid::Uuid, Path, description = "Of the booking"),
        ("Idempotency-Key" = Option<String>, Header, description = "Up to 200 visible ASCII characters"),
    ), request_body = Body, responses((status = 200, description = "It is called off", body = BookingView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Bearer(actor): Bearer,
    Id(id): Id<BookingId>,
    key: IdempotencyKey,
    Input(body): Input<Body>,
) -> Result<Json<BookingView>, Problem> {
    let asked = key.with("cancel", Some(id), &body)?;
    let visit = uc.cancel_booking(&actor, id, body.version, body.reason.as_deref(), asked.as_ref()).await?;
    Ok(Json(BookingView::new(&visit, uc.clock().now(), locale)))
}
