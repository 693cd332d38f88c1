//! `POST /api/bookings/{id}/review/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::BookingId;
use domain::review::ShownAs;
use usecases::{Usecases, WriteReview};
use utoipa::ToSchema;

use super::views::OwnReview;
use crate::extract::{Bearer, Fields, FromFields, Id, IdempotencyKey, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound, ErrorCode::SlotTaken, ErrorCode::HoldExpired, ErrorCode::Conflict];

#[derive(ToSchema)]
#[schema(as = ReviewWrite)]
pub struct Body {
    #[schema(minimum = 1, maximum = 5, example = 5)]
    rating: u8,
    #[schema(max_length = 1000)]
    text: Option<String>,
    /// How the author stands beside it: `name_initial`, `first_name` or `anonymous`.
    #[schema(value_type = String, example = "name_initial")]
    shown_as: ShownAs,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            rating: u8::try_from(fields.number("rating")).unwrap_or(u8::MAX),
            text: fields.optional_text("text"),
            shown_as: fields.one_of("shown_as", ShownAs::parse).unwrap_or(ShownAs::Anonymous),
        }
    }
}

/// Says what a visit was like, or changes that within 30 days; each time it waits for somebody to look at it. `conflict` with a `reason`:
/// `not_from_here`, the visit is not over; `too_late`, the 30 days are.
#[utoipa::path(post, path = "/api/bookings/{id}/review/", operation_id = "reviewMyBooking", tag = "bookings", security(("bearer" = [])),
    params(
        ("id" = uuid::Uuid, Path, description = "Of the booking"),
        ("Idempotency-Key" = Option<String>, Header, description = "Up to 200 visible ASCII characters"),
    ), request_body = Body, responses((status = 200, description = "It is written", body = OwnReview)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Bearer(actor): Bearer,
    Id(id): Id<BookingId>,
    key: IdempotencyKey,
    Input(Body { rating, text, shown_as }): Input<Body>,
) -> Result<Json<OwnReview>, Problem> {
    let input = WriteReview { rating, text, shown_as };
    let asked = key.with("review", Some(id), &input)?;
    Ok(Json((&uc.write_review(&actor, id, &input, asked.as_ref()).await?).into()))
}
