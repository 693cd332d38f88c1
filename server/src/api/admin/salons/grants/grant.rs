//! `POST /api/admin/salons/{id}/grants/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::SalonId;
use domain::role::Role;
use http::StatusCode;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::api::admin::salons::views::Granted;
use crate::extract::{AdminBearer, Fields, FromFields, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[
    ErrorCode::Forbidden,
    ErrorCode::SecondFactorRequired,
    ErrorCode::FreshAuthenticationRequired,
    ErrorCode::InvalidPhone,
    ErrorCode::NotFound,
    ErrorCode::Conflict,
];

/// Who is to be what.
#[derive(ToSchema)]
#[schema(as = SalonGrantNew)]
pub struct Body {
    /// In any spelling.
    #[schema(example = "0501234567")]
    phone: String,
    /// `owner`, `manager`, `reception` or `stylist`.
    #[schema(value_type = String, example = "stylist")]
    role: Option<Role>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { phone: fields.raw_text("phone"), role: fields.one_of("role", Role::parse) }
    }
}

/// Grants a role in a salon to whoever has the phone, and adds them when nobody has: it is in force once they prove the phone. The second
/// factor has to be shown anew first.
#[utoipa::path(post, path = "/api/admin/salons/{id}/grants/", operation_id = "grantSalonRole", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon")), request_body = Body, responses((status = 201, description = "They have it", body = Granted)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<SalonId>,
    Input(Body { phone, role }): Input<Body>,
) -> Result<(StatusCode, Json<Granted>), Problem> {
    let role = role.ok_or(ErrorCode::Validation)?;
    let user = uc.grant_salon_role(&admin, id, &phone, role).await?;
    Ok((StatusCode::CREATED, Json(Granted::new(&user, role))))
}
