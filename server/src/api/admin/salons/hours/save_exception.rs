//! `PUT /api/admin/salons/{id}/staff/{staff_id}/exceptions/{date}/`

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use domain::error::ErrorCode;
use domain::ids::{SalonId, StaffId};
use usecases::{EditException, Usecases};
use utoipa::ToSchema;

use crate::api::admin::salons::views::{ExceptionItem, Stretch};
use crate::extract::{AdminBearer, Fields, FromFields, Input, ThreeIds};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

/// What is so on that day.
#[derive(ToSchema)]
#[schema(as = ExceptionEdit)]
pub struct Body {
    /// Empty: a day off.
    #[schema(value_type = Vec<Stretch>)]
    hours: Vec<(String, String)>,
    #[schema(max_length = 200)]
    reason: Option<String>,
    /// That bookings outside of it are known.
    confirm: Option<bool>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            hours: fields.objects("hours", |one| (one.text("start"), one.text("end"))),
            reason: fields.optional_text("reason"),
            confirm: fields.optional_boolean("confirm"),
        }
    }
}

/// Says what is so on one business day of a member of staff instead of the week. A conflict is as with the ordinary week.
#[utoipa::path(put, path = "/api/admin/salons/{id}/staff/{staff_id}/exceptions/{date}/", operation_id = "saveStaffException", tag = "salons",
    security(("bearer" = [])), params(("id" = Uuid, Path, description = "Of the salon"), ("staff_id" = Uuid, Path, description = "Of the member of staff"), ("date" = String, Path, description = "The business day, `2026-01-31`")), request_body = Body, responses((status = 200, description = "It is so", body = ExceptionItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    ThreeIds(id, staff, date): ThreeIds<SalonId, StaffId, NaiveDate>,
    Input(Body { hours, reason, confirm }): Input<Body>,
) -> Result<Json<ExceptionItem>, Problem> {
    let input = EditException { date, hours, reason, is_confirmed: confirm.unwrap_or_default() };
    Ok(Json(ExceptionItem::from(&uc.save_exception(&admin, id, staff, &input).await?)))
}
