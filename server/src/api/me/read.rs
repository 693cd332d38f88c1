//! `GET /api/me/`

use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::locale::Locale;

use crate::api::views::Me;
use crate::extract::Bearer;

pub const PROBLEMS: &[ErrorCode] = &[];

/// The caller.
#[utoipa::path(get, path = "/api/me/", operation_id = "readMe", tag = "me", security(("bearer" = [])),
    responses((status = 200, description = "The caller", body = Me)))]
pub async fn handler(Extension(locale): Extension<Locale>, Bearer(actor): Bearer) -> Json<Me> {
    Json(Me::new(&actor.user, locale))
}
