//! `GET /api/auth/phone/challenges/{id}/`

use axum::Json;
use axum::extract::State;
use domain::challenge::Purpose;
use domain::error::ErrorCode;
use domain::ids::ChallengeId;
use usecases::Usecases;

use crate::api::views::AwaitedChallenge;
use crate::extract::Id;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::ChallengeNotFound];

/// How the text of a sign-in code fares, for a screen that waits for it. Says nothing about who has the number.
#[utoipa::path(get, path = "/api/auth/phone/challenges/{id}/", operation_id = "readChallenge", tag = "auth",
    params(("id" = Uuid, Path, description = "From the answer to the request")),
    responses((status = 200, description = "Still waiting for its code", body = AwaitedChallenge)))]
pub async fn handler(State(uc): State<Usecases>, Id(id): Id<ChallengeId>) -> Result<Json<AwaitedChallenge>, Problem> {
    let awaited = uc.find_awaited(id, Purpose::Auth).await?.ok_or(ErrorCode::ChallengeNotFound)?;
    Ok(Json(AwaitedChallenge::from(&awaited)))
}
