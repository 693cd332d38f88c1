//! `POST /api/me/privacy-requests/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::privacy_request::{RequestKind, TEXT_MAX_CHARS};
use http::StatusCode;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::api::privacy::PrivacyRequestItem;
use crate::extract::{Bearer, Fields, FromFields, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Conflict];

#[derive(ToSchema)]
#[schema(as = PrivacyRequestAsked)]
pub struct Body {
    /// `access`, `correction`, `erasure` or `objection`.
    #[schema(value_type = String, example = "correction")]
    kind: RequestKind,
    /// In the caller's own words; 500 characters at most.
    said: Option<String>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        let kind = fields.one_of("kind", RequestKind::parse).unwrap_or(RequestKind::Access);
        Self { kind, said: fields.bounded_text("said", TEXT_MAX_CHARS) }
    }
}

/// Asks something about the caller's data. There is an answer within thirty days, or once thirty more with a reason. Asking twice is asking
/// once: the open request of the kind is returned. After twenty in thirty days: `conflict`.
#[utoipa::path(post, path = "/api/me/privacy-requests/", operation_id = "openPrivacyRequest", tag = "me",
    security(("bearer" = [])), request_body = Body,
    responses((status = 201, description = "It is open", body = PrivacyRequestItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Bearer(actor): Bearer,
    Input(Body { kind, said }): Input<Body>,
) -> Result<(StatusCode, Json<PrivacyRequestItem>), Problem> {
    let request = uc.open_my_request(&actor, kind, said.as_deref().unwrap_or_default()).await?;
    Ok((StatusCode::CREATED, Json(PrivacyRequestItem::new(&request, uc.clock().now()))))
}
