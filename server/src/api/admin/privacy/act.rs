//! `POST /api/admin/privacy-requests/{id}/act/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use domain::ids::RequestId;
use domain::privacy_request::TEXT_MAX_CHARS;
use usecases::{AdminAct, Usecases};
use utoipa::ToSchema;

use crate::api::privacy::PrivacyRequestItem;
use crate::extract::{AdminBearer, Fields, FromFields, Id, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::NotFound, ErrorCode::Conflict];

#[derive(ToSchema)]
#[schema(as = PrivacyRequestAct)]
pub struct Body {
    /// `start`, `finish`, `refuse` or `extend`.
    #[schema(value_type = String, example = "start")]
    act: AdminAct,
    /// Needed to refuse and to extend; the person reads it. 500 characters at most.
    reason: Option<String>,
}

impl FromFields for Body {
    fn from_fields(fields: &mut Fields) -> Self {
        let act = fields.one_of("act", AdminAct::parse).unwrap_or(AdminAct::Start);
        Self { act, reason: fields.bounded_text("reason", TEXT_MAX_CHARS) }
    }
}

/// Starts, finishes or refuses a request, or puts its answer off, once and in time. `conflict`: not as it stands; an erasure is finished by
/// erasing.
#[utoipa::path(post, path = "/api/admin/privacy-requests/{id}/act/", operation_id = "actOnPrivacyRequest", tag = "admin",
    security(("bearer" = [])), params(("id" = uuid::Uuid, Path, description = "Of the request")), request_body = Body,
    responses((status = 200, description = "How it stands now", body = PrivacyRequestItem)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Id(id): Id<RequestId>,
    Input(Body { act, reason }): Input<Body>,
) -> Result<Json<PrivacyRequestItem>, Problem> {
    let request = uc.act_on_request(&admin, id, act, reason.as_deref().unwrap_or_default()).await?;
    Ok(Json(PrivacyRequestItem::new(&request, uc.clock().now())))
}
