//! `POST /api/me/notices/seen/`

use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::error::ErrorCode;
use http::StatusCode;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::extract::{Bearer, Fields, FromFields, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[];

#[derive(ToSchema)]
#[schema(as = NoticesSeen)]
pub struct Body {
    /// `at` of the newest notice that was shown: what came meanwhile stays.
    until: DateTime<Utc>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        Self { until: fields.instant("until") }
    }
}

/// Puts notices away. They are gone for the caller's other sessions too; but not a sign-in that the caller's session was not there
/// before: who signed in unasked could hide it.
#[utoipa::path(post, path = "/api/me/notices/seen/", operation_id = "putNoticesAway", tag = "me", security(("bearer" = [])),
    request_body = Body, responses((status = 204, description = "They are put away")))]
pub async fn handler(
    State(uc): State<Usecases>,
    Bearer(actor): Bearer,
    Input(Body { until }): Input<Body>,
) -> Result<StatusCode, Problem> {
    uc.put_notices_away(&actor, until).await?;
    Ok(StatusCode::NO_CONTENT)
}
