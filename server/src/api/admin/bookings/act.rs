//! `POST /api/admin/bookings/{id}/act/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::BookingId;
use domain::locale::Locale;
use usecases::{BookingAct, Usecases};
use utoipa::ToSchema;

use super::views::DeskBookingView;
use crate::extract::{AdminBearer, Fields, FromFields, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::SlotTaken, ErrorCode::Conflict];

#[derive(ToSchema)]
#[schema(as = BookingAct)]
pub struct Body {
    /// `confirm`, `decline`, `cancel`, `check-in`, `complete`, `no-show` or `correct`: no show instead of done, or the other way round, for
    /// owners and managers within 24 hours.
    #[schema(value_type = String, example = "check-in")]
    act: BookingAct,
    /// As the caller saw it; without it, as it is.
    #[schema(example = 1)]
    version: Option<i64>,
    #[schema(max_length = 500)]
    reason: Option<String>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            act: fields.one_of("act", BookingAct::parse).unwrap_or(BookingAct::Confirm),
            version: fields.optional_integer("version"),
            reason: fields.optional_text("reason"),
        }
    }
}

/// Does something to a booking of a salon. `conflict`: it was changed since `version`; or it is not done from where it stands, and `reason`
/// says why: `not_from_here`, `too_late`, `too_early`.
#[utoipa::path(post, path = "/api/admin/bookings/{id}/act/", operation_id = "actOnBooking", tag = "admin", security(("bearer" = [])),
    params(("id" = uuid::Uuid, Path, description = "Of the booking")), request_body = Body,
    responses((status = 200, description = "How it stands now", body = DeskBookingView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<BookingId>,
    Input(Body { act, version, reason }): Input<Body>,
) -> Result<Json<DeskBookingView>, Problem> {
    uc.act_on_booking(&admin, id, act, version, reason.as_deref()).await?;
    Ok(Json(DeskBookingView::seen(&uc.read_booking(&admin, id).await?, uc.clock().now(), locale)))
}
