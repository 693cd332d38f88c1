//! `POST /api/bookings/`

use axum::extract::State;
use axum::{Extension, Json};
use chrono::{DateTime, Utc};
use domain::booking::BookingSource;
use domain::error::ErrorCode;
use domain::ids::{StaffId, TreatmentId};
use domain::locale::Locale;
use http::StatusCode;
use usecases::{NewBooking, Place, Usecases};
use utoipa::ToSchema;
use uuid::Uuid;

use super::views::BookedView;
use crate::extract::{Bearer, Fields, FromFields, IdempotencyKey, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::NotFound, ErrorCode::SlotTaken, ErrorCode::HoldExpired, ErrorCode::Conflict];

/// Either `hold`, or the salon, the service and the start.
#[derive(ToSchema)]
#[schema(as = BookingNew)]
#[expect(dead_code, reason = "the shape alone is documented: the fields are read one by one")]
pub struct Shape {
    /// The `token` of a hold.
    hold: Option<String>,
    /// Its name in addresses.
    #[schema(example = "salon-noor")]
    salon: Option<String>,
    service_id: Option<Uuid>,
    /// With whom; without it with anybody.
    staff_id: Option<Uuid>,
    starts_at: Option<DateTime<Utc>>,
    /// Who comes, when it is not the customer.
    #[schema(max_length = 80)]
    attendee_name: Option<String>,
    /// For the salon.
    #[schema(max_length = 500)]
    note: Option<String>,
}

pub enum Body {
    Held(Place),
    Slot(NewBooking),
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        let (attendee_name, note) = (fields.optional_text("attendee_name"), fields.optional_text("note"));
        if let Some(hold) = fields.optional_text("hold") {
            return Self::Held(Place { hold, attendee_name, note });
        }
        Self::Slot(NewBooking {
            salon: fields.text("salon"),
            treatment: fields.id::<TreatmentId>("service_id"),
            staff: fields.optional_id::<StaffId>("staff_id"),
            starts_at: fields.instant("starts_at"),
            attendee_name,
            note,
            source: BookingSource::Api,
        })
    }
}

/// Books a slot, or turns a hold into a booking. With an `Idempotency-Key`, whoever asks again within 24 hours gets the first answer, a
/// refusal that came of the slot included. `slot-taken` names what is free nearest to it; `conflict`: the key was used for something else.
#[utoipa::path(post, path = "/api/bookings/", operation_id = "book", tag = "bookings", security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "Up to 200 visible ASCII characters")),
    request_body = Shape, responses((status = 201, description = "It is booked", body = BookedView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Bearer(actor): Bearer,
    key: IdempotencyKey,
    Input(body): Input<Body>,
) -> Result<(StatusCode, Json<BookedView>), Problem> {
    let booked = match body {
        Body::Held(input) => uc.place_booking(&actor, &input, key.with("place", None, &input)?.as_ref()).await?,
        Body::Slot(input) => uc.book(&actor, &input, key.with("book", None, &input)?.as_ref()).await?,
    };
    Ok((StatusCode::CREATED, Json(BookedView::new(&booked, uc.clock().now(), locale))))
}
