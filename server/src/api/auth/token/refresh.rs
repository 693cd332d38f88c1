//! `POST /api/auth/token/refresh/`

use axum::extract::State;
use axum::{Extension, Json};
use domain::error::ErrorCode;
use domain::locale::Locale;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::api::views::SessionTokens;
use crate::extract::{Fields, FromFields, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Unauthenticated, ErrorCode::SessionEnded];

#[derive(ToSchema)]
#[schema(as = RefreshRequest)]
pub struct Body {
    /// The newest refresh token of the session.
    refresh: String,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { refresh: fields.text("refresh") }
    }
}

/// Exchanges a refresh token for new tokens. A spent one ends the session, except that the same successor comes back for 30 s while
/// it is itself unused.
#[utoipa::path(post, path = "/api/auth/token/refresh/", operation_id = "refresh", tag = "auth", request_body = Body,
    responses((status = 200, description = "New tokens", body = SessionTokens)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    Input(Body { refresh }): Input<Body>,
) -> Result<Json<SessionTokens>, Problem> {
    let signed_in = uc.refresh(&refresh).await?;
    SessionTokens::of(signed_in, locale).map(Json).ok_or_else(|| ErrorCode::Internal.into())
}
