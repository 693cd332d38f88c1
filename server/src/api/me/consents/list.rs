//! `GET /api/me/consents/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::locale::Locale;
use usecases::Usecases;

use crate::api::privacy::Consents;
use crate::extract::Bearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[];

/// What the caller agreed to and took back, and the words that are agreed to now.
#[utoipa::path(get, path = "/api/me/consents/", operation_id = "listConsents", tag = "me", security(("bearer" = [])),
    responses((status = 200, description = "What holds, and how it came to", body = Consents)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Bearer(actor): Bearer,
) -> Result<Json<Consents>, Problem> {
    Ok(Json(Consents::new(&uc.list_my_consents(&actor).await?, locale)))
}
