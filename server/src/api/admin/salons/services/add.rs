//! `POST /api/admin/salons/{id}/services/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::SalonId;
use domain::locale::Locale;
use http::StatusCode;
use usecases::Usecases;

use crate::api::admin::salons::bodies::{ServiceBody, ServiceEdit};
use crate::api::admin::salons::views::OwnServiceItem;
use crate::extract::{AdminBearer, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// Adds a service: a name, a length and a price are all it takes.
#[utoipa::path(post, path = "/api/admin/salons/{id}/services/", operation_id = "addService", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon")), request_body = ServiceEdit,
    responses((status = 201, description = "It is offered", body = OwnServiceItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<SalonId>,
    Input(ServiceBody(input)): Input<ServiceBody>,
) -> Result<(StatusCode, Json<OwnServiceItem>), Problem> {
    let service = uc.add_service(&admin, id, &input).await?;
    Ok((StatusCode::CREATED, Json(OwnServiceItem::new(&service, locale))))
}
