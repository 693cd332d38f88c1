//! `PATCH /api/admin/salons/{id}/services/{service_id}/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::{SalonId, TreatmentId};
use domain::locale::Locale;
use usecases::Usecases;

use crate::api::admin::salons::bodies::{ServiceBody, ServiceEdit};
use crate::api::admin::salons::views::OwnServiceItem;
use crate::extract::{AdminBearer, Ids, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// Edits a service. What was booked keeps its price and length.
#[utoipa::path(patch, path = "/api/admin/salons/{id}/services/{service_id}/", operation_id = "editService", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon"), ("service_id" = Uuid, Path, description = "Of the service")), request_body = ServiceEdit,
    responses((status = 200, description = "As it is now", body = OwnServiceItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Ids(id, service): Ids<SalonId, TreatmentId>,
    Input(ServiceBody(input)): Input<ServiceBody>,
) -> Result<Json<OwnServiceItem>, Problem> {
    Ok(Json(OwnServiceItem::new(&uc.edit_service(&admin, id, service, &input).await?, locale)))
}
