//! `POST /api/me/second-factor/recovery-codes/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use usecases::Usecases;

use crate::api::views::RecoveryCodes;
use crate::extract::Bearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::FreshAuthenticationRequired, ErrorCode::SecondFactorRequired, ErrorCode::NotFound];

/// New recovery codes instead of all before. The second factor has to have been shown in the last ten minutes.
#[utoipa::path(post, path = "/api/me/second-factor/recovery-codes/", operation_id = "renewRecoveryCodes", tag = "me",
    security(("bearer" = [])), responses((status = 200, description = "Recovery codes, shown this once", body = RecoveryCodes)))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer) -> Result<Json<RecoveryCodes>, Problem> {
    Ok(Json(RecoveryCodes::of(&uc.renew_recovery_codes(&actor).await?)))
}
