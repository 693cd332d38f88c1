//! `POST /api/admin/salons/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::locale::Locale;
use http::StatusCode;
use usecases::Usecases;

use crate::api::admin::salons::bodies::{SalonBody, SalonEdit};
use crate::api::admin::salons::views::SalonSetUpView;
use crate::extract::{AdminBearer, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::Conflict];

/// Sets a salon up: a draft that only its people see. Its slug and a name are all it takes; its owner is granted the role next.
#[utoipa::path(post, path = "/api/admin/salons/", operation_id = "createSalon", tag = "salons", security(("bearer" = [])), request_body = SalonEdit,
    responses((status = 201, description = "It is set up", body = SalonSetUpView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Input(SalonBody(input)): Input<SalonBody>,
) -> Result<(StatusCode, Json<SalonSetUpView>), Problem> {
    let made = uc.create_salon(&admin, &input).await?;
    Ok((StatusCode::CREATED, Json(SalonSetUpView::new(&made, locale))))
}
