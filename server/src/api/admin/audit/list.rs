//! `GET /api/admin/audit/`

use axum::extract::State;
use axum::{Extension, Json};
use chrono::{DateTime, Utc};
use domain::error::ErrorCode;
use domain::ids::UserId;
use domain::locale::Locale;
use domain::person::{Audience, display_name};
use serde::Serialize;
use serde_json::Value;
use store::audit::AuditEntry;
use usecases::{AuditList, ListAudit, Usecases};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::query::{self, Asked};
use crate::extract::AdminBearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::Malformed, ErrorCode::Validation];

/// A page of the audit.
#[derive(Serialize, ToSchema)]
pub struct AuditPage {
    pub items: Vec<AuditItem>,
    /// For `after`; null on the last page.
    pub next: Option<String>,
    /// `doer` or `subject` when it names nobody, or more than one person: then nothing was looked for.
    #[schema(value_type = Vec<String>)]
    pub unmatched: Vec<&'static str>,
}

/// One thing that was done.
#[derive(Serialize, ToSchema)]
pub struct AuditItem {
    pub id: Uuid,
    pub at: DateTime<Utc>,
    #[schema(example = "user_blocked")]
    pub action: String,
    /// `self`, a person's id, or the name of a part of the system.
    #[schema(example = "operator")]
    pub by: String,
    /// The person who did it; null when it was none, or they are forgotten.
    pub doer: Option<AuditPerson>,
    /// Whom it was done to; null when it was nobody, or they are forgotten.
    pub subject: Option<AuditPerson>,
    pub subject_id: Option<Uuid>,
    pub session_id: Option<Uuid>,
    /// The rest. No phone in it is whole.
    #[schema(value_type = Object)]
    pub detail: Value,
}

/// Somebody in the audit.
#[derive(Serialize, ToSchema)]
pub struct AuditPerson {
    pub id: Uuid,
    #[schema(example = "7F3K")]
    pub short_id: String,
    /// Name, else phone.
    pub display_name: String,
}

/// Who did what to whom, newest first.
#[utoipa::path(get, path = "/api/admin/audit/", operation_id = "listAudit", tag = "admin", security(("bearer" = [])),
    params(
        ("action" = Option<String>, Query, description = "What was done, such as `user_blocked`"),
        ("doer" = Option<String>, Query, description = "By whom: a phone in any form, a short id, an id, `operator`, `limits`, `test_number` or `fleet_guard`"),
        ("subject" = Option<String>, Query, description = "To whom: a phone in any form, a short id or an id"),
        ("from" = Option<String>, Query, description = "A day of Riyadh, `2026-01-31`"),
        ("to" = Option<String>, Query, description = "A day, itself included"),
        ("after" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses((status = 200, description = "Fifty at most", body = AuditPage)))]
pub async fn handler(
    State(uc): State<Usecases>,
    Extension(locale): Extension<Locale>,
    AdminBearer(admin): AdminBearer,
    asked: Asked,
) -> Result<Json<AuditPage>, Problem> {
    let asked = query::read(asked, &ListAudit::NAMES, |query| ListAudit::read(|name| query.get(name).map(String::as_str)))?;
    let list = uc.list_audit(&admin, &asked).await?;
    let items = list.page.items.iter().map(|entry| item(entry, &list, locale)).collect();
    Ok(Json(AuditPage { items, next: list.page.next, unmatched: list.unmatched }))
}

fn item(entry: &AuditEntry, list: &AuditList, locale: Locale) -> AuditItem {
    let person = |id: Option<UserId>| {
        let user = list.people.get(&id?)?;
        let short_id = user.id.short();
        let display_name = display_name(&user.as_person(&short_id), Audience::Admin, locale).text;
        Some(AuditPerson { id: user.id.0, short_id, display_name })
    };
    AuditItem {
        id: entry.id.0,
        at: entry.at,
        action: entry.action.clone(),
        by: entry.actor.clone(),
        doer: person(AuditList::doer(entry)),
        subject: person(entry.subject),
        subject_id: entry.subject.map(|id| id.0),
        session_id: entry.session.map(|id| id.0),
        detail: entry.detail.clone(),
    }
}
