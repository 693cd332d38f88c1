//! `POST /api/admin/salons/{id}/status/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::ids::SalonId;
use domain::locale::Locale;
use domain::salon::SalonStatus;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::api::admin::salons::views::SalonSetUpView;
use crate::extract::{AdminBearer, Fields, FromFields, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

/// Where it is to stand.
#[derive(ToSchema)]
#[schema(as = SalonStatusNew)]
pub struct Body {
    /// `draft`, `live` or `suspended`.
    #[schema(value_type = String, example = "live")]
    status: Option<SalonStatus>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { status: fields.one_of("status", SalonStatus::parse) }
    }
}

/// Shows a salon to the public, takes it back into draft, or out of sight. Out of sight and back is for those who set salons up, the rest
/// for its owners. A conflict says in `reason` what it lacks before it can go live: `no_service` or `no_staff`.
#[utoipa::path(post, path = "/api/admin/salons/{id}/status/", operation_id = "setSalonStatus", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon")), request_body = Body, responses((status = 200, description = "As it is now", body = SalonSetUpView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<SalonId>,
    Input(Body { status }): Input<Body>,
) -> Result<Json<SalonSetUpView>, Problem> {
    let status = status.ok_or(ErrorCode::Validation)?;
    Ok(Json(SalonSetUpView::new(&uc.set_salon_status(&admin, id, status).await?, locale)))
}
