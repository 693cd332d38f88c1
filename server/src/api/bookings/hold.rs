//! `POST /api/holds/`

use axum::extract::State;
use axum::{Extension, Json};
use chrono::{DateTime, Utc};
use domain::booking::BookingSource;
use domain::error::ErrorCode;
use domain::ids::{StaffId, TreatmentId};
use domain::locale::Locale;
use http::StatusCode;
use serde::Serialize;
use usecases::{Client, NewHold, Usecases};
use utoipa::ToSchema;

use super::views::BookingView;
use crate::extract::{Fields, FromFields, Input, MaybeBearer};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::NotFound, ErrorCode::SlotTaken, ErrorCode::Unauthenticated, ErrorCode::SessionEnded];

#[derive(ToSchema)]
#[schema(as = HoldNew)]
pub struct Body {
    /// Its name in addresses.
    #[schema(example = "salon-noor")]
    salon: String,
    #[schema(value_type = Uuid)]
    service_id: TreatmentId,
    /// With whom; without it with anybody.
    #[schema(value_type = Option<Uuid>)]
    staff_id: Option<StaffId>,
    starts_at: DateTime<Utc>,
    /// The `token` of what was held before, which is let go.
    instead_of: Option<String>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            salon: fields.text("salon"),
            service_id: fields.id("service_id"),
            staff_id: fields.optional_id("staff_id"),
            starts_at: fields.instant("starts_at"),
            instead_of: fields.optional_text("instead_of"),
        }
    }
}

/// A slot that is kept.
#[derive(Serialize, ToSchema)]
#[schema(as = Hold)]
pub struct Held {
    /// Turns it into a booking. It is told once.
    pub token: String,
    pub expires_at: DateTime<Utc>,
    pub booking: BookingView,
}

/// Keeps a slot for a few minutes, for anybody, signed in or not. `slot-taken` names what is free nearest to it.
#[utoipa::path(post, path = "/api/holds/", operation_id = "holdSlot", tag = "bookings", request_body = Body,
    responses((status = 201, description = "It is kept", body = Held)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Extension(client): Extension<Client>,
    MaybeBearer(actor): MaybeBearer,
    Input(Body { salon, service_id: treatment, staff_id: staff, starts_at, instead_of }): Input<Body>,
) -> Result<(StatusCode, Json<Held>), Problem> {
    let input = NewHold { salon, treatment, staff, starts_at, instead_of, source: BookingSource::Api };
    let held = uc.hold_slot(actor.as_ref(), &input, &client).await?;
    let booking = BookingView::new(&held.visit, uc.clock().now(), locale);
    Ok((StatusCode::CREATED, Json(Held { token: held.token, expires_at: held.expires_at, booking })))
}
