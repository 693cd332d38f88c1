//! `POST /api/admin/privacy-requests/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::UserId;
use domain::privacy_request::{RequestKind, TEXT_MAX_CHARS};
use http::StatusCode;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::api::privacy::PrivacyRequestItem;
use crate::extract::{AdminBearer, Fields, FromFields, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

#[derive(ToSchema)]
#[schema(as = PrivacyRequestTold)]
pub struct Body {
    #[schema(value_type = uuid::Uuid)]
    user_id: UserId,
    /// `access`, `correction`, `erasure` or `objection`.
    #[schema(value_type = String, example = "erasure")]
    kind: RequestKind,
    /// What was said, for staff; 500 characters at most.
    note: Option<String>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        let user_id = fields.id("user_id");
        let kind = fields.one_of("kind", RequestKind::parse).unwrap_or(RequestKind::Access);
        Self { user_id, kind, note: fields.bounded_text("note", TEXT_MAX_CHARS) }
    }
}

/// Writes down what a person told staff they want. The thirty days begin now. Asking twice is asking once. `conflict`: twenty in thirty
/// days, or they are erased.
#[utoipa::path(post, path = "/api/admin/privacy-requests/", operation_id = "openPrivacyRequestFor", tag = "admin",
    security(("bearer" = [])), request_body = Body,
    responses((status = 201, description = "It is open", body = PrivacyRequestItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Input(Body { user_id, kind, note }): Input<Body>,
) -> Result<(StatusCode, Json<PrivacyRequestItem>), Problem> {
    let request = uc.open_request_for(&admin, user_id, kind, note.as_deref().unwrap_or_default()).await?;
    Ok((StatusCode::CREATED, Json(PrivacyRequestItem::new(&request, uc.clock().now()))))
}
