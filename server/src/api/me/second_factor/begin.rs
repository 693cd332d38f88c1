//! `POST /api/me/second-factor/totp/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use http::StatusCode;
use usecases::Usecases;

use crate::api::views::Enrolment;
use crate::extract::Bearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::FreshAuthenticationRequired, ErrorCode::SecondFactorRequired, ErrorCode::Forbidden];

/// Begins to set up an authenticator app. Without a second factor it needs a sign-in that is a few minutes old at most, else that one is
/// shown; until it is confirmed, an app of before stays in use.
#[utoipa::path(post, path = "/api/me/second-factor/totp/", operation_id = "beginTotp", tag = "me", security(("bearer" = [])),
    responses((status = 201, description = "What goes into the app, not to be had again in another session", body = Enrolment)))]
pub async fn handler(State(uc): State<Usecases>, Bearer(actor): Bearer) -> Result<(StatusCode, Json<Enrolment>), Problem> {
    Ok((StatusCode::CREATED, Json(Enrolment::from(&uc.begin_enrolment(&actor).await?))))
}
