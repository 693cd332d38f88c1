//! `GET /api/admin/privacy-requests/`

use std::collections::HashMap;

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::error::{ErrorCode, FieldError, ValidationError};
use domain::ids::RequestId;
use serde::Serialize;
use usecases::{Queued, Usecases};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::privacy::PrivacyRequestItem;
use crate::api::query::{self, Asked};
use crate::extract::AdminBearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::Malformed, ErrorCode::Validation];

/// A request and whose data it is about.
#[derive(Serialize, ToSchema)]
pub struct QueuedRequest {
    #[serde(flatten)]
    pub request: PrivacyRequestItem,
    pub user_id: Uuid,
    #[schema(example = "7F3K")]
    pub short_id: String,
    /// E.164; null once erased.
    #[schema(example = "+966501234567")]
    pub phone: Option<String>,
    /// What staff wrote down.
    pub note: Option<String>,
    /// The admin who is at it.
    pub handled_by: Option<Uuid>,
}

impl QueuedRequest {
    pub fn new(queued: &Queued, now: DateTime<Utc>) -> Self {
        Self {
            request: PrivacyRequestItem::new(&queued.request, now),
            user_id: queued.user.id.0,
            short_id: queued.user.id.short(),
            phone: queued.user.phone.as_ref().map(|phone| phone.as_e164().to_owned()),
            note: queued.request.note.clone(),
            handled_by: queued.request.handled_by.map(|id| id.0),
        }
    }
}

/// A page of requests.
#[derive(Serialize, ToSchema)]
pub struct QueuePage {
    pub items: Vec<QueuedRequest>,
    /// For `after`; null on the last page.
    pub next: Option<String>,
}

/// Open requests, the most pressing first; with `state=closed` the last hundred that were answered or withdrawn.
#[utoipa::path(get, path = "/api/admin/privacy-requests/", operation_id = "listAllPrivacyRequests", tag = "admin",
    security(("bearer" = [])),
    params(
        ("state" = Option<String>, Query, description = "`open` (the default) or `closed`"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses((status = 200, description = "Fifty at most", body = QueuePage)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    asked: Asked,
) -> Result<Json<QueuePage>, Problem> {
    let (is_closed, after) = query::read(asked, &["state", "after"], read)?;
    let now = uc.clock().now();
    let (items, next) = if is_closed {
        (uc.list_closed_requests(&admin).await?, None)
    } else {
        let page = uc.list_requests(&admin, after).await?;
        (page.items, page.next)
    };
    Ok(Json(QueuePage { items: items.iter().map(|queued| QueuedRequest::new(queued, now)).collect(), next }))
}

/// Whether the closed ones are asked for, and after which.
fn read(query: &HashMap<String, String>) -> Result<(bool, Option<RequestId>), Vec<ValidationError>> {
    let mut errors = Vec::new();
    let mut say = |name: &str, code| errors.push(ValidationError::new(&format!("/{name}"), code));
    let is_closed = match query.get("state").map(String::as_str) {
        None | Some("" | "open") => false,
        Some("closed") => true,
        Some(_) => {
            say("state", FieldError::NotOffered);
            false
        }
    };
    let after = query.get("after").filter(|text| !text.is_empty()).map(|text| text.parse());
    if let Some(Err(_)) = after {
        say("after", FieldError::Invalid);
    }
    if errors.is_empty() { Ok((is_closed, after.and_then(Result::ok))) } else { Err(errors) }
}
