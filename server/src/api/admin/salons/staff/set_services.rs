//! `PUT /api/admin/salons/{id}/staff/{staff_id}/services/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::{SalonId, StaffId};
use usecases::Usecases;

use crate::api::admin::salons::bodies::{OffersBody, StaffServices};
use crate::api::admin::salons::views::OwnStaffItem;
use crate::extract::{AdminBearer, Ids, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// Says what a member of staff does, all of it at once, with prices and lengths of their own.
#[utoipa::path(put, path = "/api/admin/salons/{id}/staff/{staff_id}/services/", operation_id = "setStaffServices", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon"), ("staff_id" = Uuid, Path, description = "Of the member of staff")), request_body = StaffServices,
    responses((status = 200, description = "As they are now", body = OwnStaffItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Ids(id, staff): Ids<SalonId, StaffId>,
    Input(OffersBody(offers)): Input<OffersBody>,
) -> Result<Json<OwnStaffItem>, Problem> {
    Ok(Json(OwnStaffItem::from(&uc.set_staff_services(&admin, id, staff, &offers).await?)))
}
