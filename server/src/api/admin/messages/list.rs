//! `GET /api/admin/messages/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use usecases::{ListMessages, Usecases};

use super::views::{MessageItem, MessagePage};
use crate::api::query::{self, Asked};
use crate::extract::AdminBearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::Malformed, ErrorCode::Validation];

/// What was texted, newest first.
#[utoipa::path(get, path = "/api/admin/messages/", operation_id = "listMessages", tag = "admin", security(("bearer" = [])),
    params(
        ("state" = Option<String>, Query, description = "`waiting`, `sent`, `delivered`, `undelivered`, `failed` or `expired`"),
        ("kind" = Option<String>, Query, description = "`auth_code`, `verify_code`, `phone_changed` or `codes_off`"),
        ("phone" = Option<String>, Query, description = "A whole phone in any form"),
        ("from" = Option<String>, Query, description = "A day of Riyadh, `2026-01-31`"),
        ("to" = Option<String>, Query, description = "A day, itself included"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses((status = 200, description = "Fifty at most", body = MessagePage)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    asked: Asked,
) -> Result<Json<MessagePage>, Problem> {
    let asked = query::read(asked, &ListMessages::NAMES, |query| ListMessages::read(|name| query.get(name).map(String::as_str)))?;
    let list = uc.list_messages(&admin, &asked).await?;
    let items = list.page.items.iter().map(MessageItem::from).collect();
    Ok(Json(MessagePage { items, next: list.page.next, unmatched: list.unmatched }))
}
