//! `GET /api/admin/retention/`

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::error::ErrorCode;
use serde::Serialize;
use usecases::Usecases;
use utoipa::ToSchema;

use crate::extract::AdminBearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] = &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired];

/// What is kept for how long, and what would go now.
#[derive(Serialize, ToSchema)]
pub struct RetentionReport {
    /// When the last purge came to its end; null: none has.
    pub last_purge_at: Option<DateTime<Utc>>,
    pub items: Vec<RetentionItem>,
}

/// One kind of row.
#[derive(Serialize, ToSchema)]
pub struct RetentionItem {
    /// `phone_moves`, `pending_users`, `messages`, `reports`, `challenges`, `sessions`, `audit`, `privacy_requests`, `consents`, `limits`,
    /// `counters`, `phoneless_users` or `budgets`.
    #[schema(value_type = String, example = "challenges")]
    pub kind: &'static str,
    /// Seconds; null: as long as it is of use.
    #[schema(example = 2_592_000)]
    pub kept_for_s: Option<i64>,
    /// How many rows a purge would forget now.
    pub due: u64,
    /// The oldest of them.
    pub oldest_at: Option<DateTime<Utc>>,
    /// How many the last purge forgot; null: none has run.
    pub last: Option<u64>,
}

/// The periods in force, what the last purge forgot, and what the next one would.
#[utoipa::path(get, path = "/api/admin/retention/", operation_id = "readRetention", tag = "admin", security(("bearer" = [])),
    responses((status = 200, description = "Every kind, in the order of a purge", body = RetentionReport)))]
pub async fn handler(State(uc): State<Usecases>, AdminBearer(admin): AdminBearer) -> Result<Json<RetentionReport>, Problem> {
    let retention = uc.read_retention(&admin).await?;
    let item = |part: &usecases::Forecast| RetentionItem {
        kind: part.kept.as_str(),
        kept_for_s: uc.kept_for(part.kept).map(|period| period.num_seconds()),
        due: part.rows,
        oldest_at: part.oldest,
        last: retention.last.map(|last| last.done.of(part.kept)),
    };
    let items = retention.plan.parts.iter().map(item).collect();
    Ok(Json(RetentionReport { last_purge_at: retention.last.map(|last| last.at), items }))
}
