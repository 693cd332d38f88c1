//! `DELETE /api/admin/salons/{id}/grants/{user_id}/{role}/`

use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::{SalonId, UserId};
use http::StatusCode;
use usecases::Usecases;

use crate::extract::{AdminBearer, RoleName, ThreeIds};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[
    ErrorCode::Forbidden,
    ErrorCode::SecondFactorRequired,
    ErrorCode::FreshAuthenticationRequired,
    ErrorCode::NotFound,
    ErrorCode::Conflict,
    ErrorCode::Validation,
];

/// Takes a role in a salon away. The last owner stays. The second factor has to be shown anew first.
#[utoipa::path(delete, path = "/api/admin/salons/{id}/grants/{user_id}/{role}/", operation_id = "revokeSalonRole", tag = "salons", security(("bearer" = [])),
    params(("id" = Uuid, Path, description = "Of the salon"), ("user_id" = Uuid, Path, description = "Of the person"), ("role" = String, Path, description = "`owner`, `manager`, `reception` or `stylist`")),
    responses((status = 204, description = "It is gone")))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    ThreeIds(id, user, RoleName(role)): ThreeIds<SalonId, UserId, RoleName>,
) -> Result<StatusCode, Problem> {
    uc.revoke_salon_role(&admin, id, user, role).await?;
    Ok(StatusCode::NO_CONTENT)
}
