//! `POST /api/admin/salons/{id}/bookings/`

use axum::extract::State;
use axum::{Extension, Json};
use chrono::{DateTime, Utc};
use domain::error::ErrorCode;
use domain::ids::{SalonId, StaffId, TreatmentId};
use domain::locale::Locale;
use http::StatusCode;
use usecases::{DeskBooking, Overbook, Usecases};
use utoipa::ToSchema;

use super::views::{DeskBookedView, DeskBookingView};
use crate::extract::{AdminBearer, Fields, FromFields, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::InvalidPhone, ErrorCode::SlotTaken];

/// Putting a booking over another.
#[derive(ToSchema)]
#[schema(as = Overbook)]
#[expect(dead_code, reason = "the shape alone is documented: the fields are read one by one")]
pub struct OverbookShape {
    /// It is written down.
    #[schema(min_length = 1, max_length = 500)]
    reason: String,
}

/// Reads [`OverbookShape`].
pub fn overbook(fields: &mut Fields) -> Option<Overbook> {
    fields.optional_object("overbook", |fields| Overbook { reason: fields.text("reason") })
}

#[derive(ToSchema)]
#[schema(as = DeskBookingNew)]
pub struct Body {
    #[schema(value_type = Uuid)]
    service_id: TreatmentId,
    /// With whom; without it with anybody.
    #[schema(value_type = Option<Uuid>)]
    staff_id: Option<StaffId>,
    /// On the grid and in the hours of work or not.
    starts_at: DateTime<Utc>,
    /// Whose it is, in any form. Who is not there yet is added, unproved.
    #[schema(example = "0501234567")]
    phone: String,
    /// What somebody new is called.
    given_name: Option<String>,
    #[schema(max_length = 80)]
    attendee_name: Option<String>,
    #[schema(max_length = 500)]
    note: Option<String>,
    /// Over another booking, on purpose; for owners and managers.
    #[schema(value_type = Option<OverbookShape>)]
    overbook: Option<Overbook>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            service_id: fields.id("service_id"),
            staff_id: fields.optional_id("staff_id"),
            starts_at: fields.instant("starts_at"),
            // NUL is the phone reader's to refuse, with a reason.
            phone: fields.raw_text("phone"),
            given_name: fields.optional_text("given_name"),
            attendee_name: fields.optional_text("attendee_name"),
            note: fields.optional_text("note"),
            overbook: overbook(fields),
        }
    }
}

/// Books for a customer on the phone or at the counter; it is confirmed at once.
#[utoipa::path(post, path = "/api/admin/salons/{id}/bookings/", operation_id = "bookAtDesk", tag = "admin", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon")), request_body = Body,
    responses((status = 201, description = "It is booked", body = DeskBookedView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(salon): Id<SalonId>,
    Input(body): Input<Body>,
) -> Result<(StatusCode, Json<DeskBookedView>), Problem> {
    let Body { service_id: treatment, staff_id: staff, starts_at, phone, given_name, attendee_name, note, overbook } = body;
    let input = DeskBooking { treatment, staff, starts_at, phone, given_name, attendee_name, note, overbook };
    let (booked, may_view_phone) = uc.book_at_desk(&admin, salon, &input).await?;
    let booking = DeskBookingView::new(&booked.visit, may_view_phone, uc.clock().now(), locale);
    Ok((StatusCode::CREATED, Json(DeskBookedView { booking, overlaps: booked.overlaps })))
}
