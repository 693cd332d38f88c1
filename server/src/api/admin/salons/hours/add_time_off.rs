//! `POST /api/admin/salons/{id}/staff/{staff_id}/time-off/`

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::error::ErrorCode;
use domain::ids::{SalonId, StaffId};
use http::StatusCode;
use usecases::{EditTimeOff, Usecases};
use utoipa::ToSchema;

use crate::api::admin::salons::views::TimeOffItem;
use crate::extract::{AdminBearer, Fields, FromFields, Ids, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

/// From and until.
#[derive(ToSchema)]
#[schema(as = TimeOffNew)]
pub struct Body {
    starts_at: DateTime<Utc>,
    /// A year later at most.
    ends_at: DateTime<Utc>,
    #[schema(max_length = 200)]
    reason: Option<String>,
    /// That bookings in it are known.
    confirm: Option<bool>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            starts_at: fields.instant("starts_at"),
            ends_at: fields.instant("ends_at"),
            reason: fields.optional_text("reason"),
            confirm: fields.optional_boolean("confirm"),
        }
    }
}

/// Gives a member of staff time off. A conflict is as with the ordinary week.
#[utoipa::path(post, path = "/api/admin/salons/{id}/staff/{staff_id}/time-off/", operation_id = "addStaffTimeOff", tag = "salons",
    security(("bearer" = [])), params(("id" = Uuid, Path, description = "Of the salon"), ("staff_id" = Uuid, Path, description = "Of the member of staff")), request_body = Body, responses((status = 201, description = "They are off", body = TimeOffItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Ids(id, staff): Ids<SalonId, StaffId>,
    Input(Body { starts_at, ends_at, reason, confirm }): Input<Body>,
) -> Result<(StatusCode, Json<TimeOffItem>), Problem> {
    let input = EditTimeOff { starts_at, ends_at, reason, is_confirmed: confirm.unwrap_or_default() };
    let off = uc.add_time_off(&admin, id, staff, &input).await?;
    Ok((StatusCode::CREATED, Json(TimeOffItem::from(&off))))
}
