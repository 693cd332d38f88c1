//! `PUT /api/admin/salons/{id}/closings/{date}/`

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use domain::error::ErrorCode;
use domain::ids::SalonId;
use usecases::{EditClosing, Usecases};
use utoipa::ToSchema;

use crate::api::admin::salons::views::ClosingItem;
use crate::extract::{AdminBearer, Fields, FromFields, Ids, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

/// How it is closed.
#[derive(ToSchema)]
#[schema(as = ClosingEdit)]
pub struct Body {
    /// Whether what the night before spills into it goes too. Only when asked.
    takes_spill: Option<bool>,
    #[schema(max_length = 200)]
    reason: Option<String>,
    /// That bookings on it are known.
    confirm: Option<bool>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self {
            takes_spill: fields.optional_boolean("takes_spill"),
            reason: fields.optional_text("reason"),
            confirm: fields.optional_boolean("confirm"),
        }
    }
}

/// Closes a salon on a business day. A conflict lists the `bookings` on it: send it with `confirm` to do it all the same.
#[utoipa::path(put, path = "/api/admin/salons/{id}/closings/{date}/", operation_id = "saveSalonClosing", tag = "salons",
    security(("bearer" = [])), params(("id" = Uuid, Path, description = "Of the salon"), ("date" = String, Path, description = "The business day, `2026-01-31`")), request_body = Body, responses((status = 200, description = "It is closed", body = ClosingItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Ids(id, date): Ids<SalonId, NaiveDate>,
    Input(Body { takes_spill, reason, confirm }): Input<Body>,
) -> Result<Json<ClosingItem>, Problem> {
    let (takes_spill, is_confirmed) = (takes_spill.unwrap_or_default(), confirm.unwrap_or_default());
    let input = EditClosing { date, takes_spill, reason, is_confirmed };
    Ok(Json(ClosingItem::from(&uc.save_closing(&admin, id, &input).await?)))
}
