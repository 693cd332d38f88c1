//! `GET /api/admin/abuse/`

use axum::Json;
use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::error::{ErrorCode, FieldError, ValidationError};
use serde::Serialize;
use store::fraud_sums::Sum;
use usecases::{Abuse, Span, Usecases};
use utoipa::ToSchema;

use crate::api::query::{self, Asked};
use crate::extract::AdminBearer;
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::Malformed, ErrorCode::Validation];

/// What strangers did with codes.
#[derive(Serialize, ToSchema)]
pub struct AbuseMonitor {
    /// `hour`, `day` or `fortnight`.
    #[schema(value_type = String, example = "day")]
    pub span: &'static str,
    /// The whole installation over time, oldest first.
    pub steps: Vec<AbuseStep>,
    /// The installation, countries and prefixes.
    pub scopes: Vec<AbuseScope>,
    /// The networks that asked for most, under keyed hashes.
    pub networks: Vec<AbuseScope>,
    /// What became of all codes, known devices' too.
    pub carried: Vec<AbuseCarried>,
    /// How far the fraud brake is on.
    pub levels: Vec<AbuseLevel>,
    /// Whether the brake does what it says.
    pub is_enforced: bool,
    /// Since when the codes of the whole system are being guessed at; null: they are not.
    pub alarm_since: Option<DateTime<Utc>>,
    /// Messages of today, and how many there may be.
    pub budget_messages: u32,
    pub spent_messages: i64,
    /// In millionths of the currency's unit, as far as prices are known.
    pub budget_cost_micros: Option<i64>,
    pub spent_cost_micros: i64,
}

/// A step of time.
#[derive(Serialize, ToSchema)]
pub struct AbuseStep {
    pub from: DateTime<Utc>,
    pub asked: u64,
    pub sent: u64,
    pub verified: u64,
    pub failed: u64,
}

/// What is counted together.
#[derive(Serialize, ToSchema)]
pub struct AbuseScope {
    #[schema(example = "country:SA")]
    pub scope: String,
    pub asked: u64,
    pub sent: u64,
    pub verified: u64,
    pub failed: u64,
}

/// A provider and a country.
#[derive(Serialize, ToSchema)]
pub struct AbuseCarried {
    pub provider: String,
    pub country: Option<String>,
    pub sent: u64,
    pub delivered: u64,
    pub undelivered: u64,
    pub entered: u64,
}

/// How far the brake is on for a kind of scope.
#[derive(Serialize, ToSchema)]
pub struct AbuseLevel {
    #[schema(value_type = String, example = "country")]
    pub kind: &'static str,
    #[schema(value_type = String, example = "proof")]
    pub level: &'static str,
}

/// Codes that strangers asked for, were sent and entered: by time, country, prefix and network.
#[utoipa::path(get, path = "/api/admin/abuse/", operation_id = "readAbuse", tag = "admin", security(("bearer" = [])),
    params(("span" = Option<String>, Query, description = "`hour`, `day` (unless said) or `fortnight`")),
    responses((status = 200, description = "The counts", body = AbuseMonitor)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    asked: Asked,
) -> Result<Json<AbuseMonitor>, Problem> {
    let span = query::read(asked, &["span"], |query| match query.get("span").filter(|text| !text.is_empty()) {
        Some(text) => {
            Span::parse(text).ok_or_else(|| vec![ValidationError { pointer: "/span".to_owned(), code: FieldError::NotOffered }])
        }
        None => Ok(Span::default()),
    })?;
    Ok(Json(AbuseMonitor::from(uc.read_abuse(&admin, span).await?)))
}

impl From<&Sum> for AbuseScope {
    fn from(sum: &Sum) -> Self {
        let Sum { scope, asked, sent, verified, failed } = *sum;
        Self { scope: scope.to_string(), asked, sent, verified, failed }
    }
}

impl From<Abuse> for AbuseMonitor {
    fn from(abuse: Abuse) -> Self {
        let step = |bar: &usecases::Bar| {
            let usecases::Bar { from, asked, sent, verified, failed } = *bar;
            AbuseStep { from, asked, sent, verified, failed }
        };
        let carried = abuse.carried.into_iter().map(|line| AbuseCarried {
            provider: line.provider,
            country: line.country.map(|country| country.to_string()),
            sent: line.sent,
            delivered: line.delivered,
            undelivered: line.undelivered,
            entered: line.entered,
        });
        let level = |(kind, level): &(domain::fraud::ScopeKind, domain::fraud::Level)| AbuseLevel {
            kind: kind.as_str(),
            level: level.as_str(),
        };
        Self {
            span: abuse.span.as_str(),
            steps: abuse.bars.iter().map(step).collect(),
            scopes: abuse.scopes.iter().map(AbuseScope::from).collect(),
            networks: abuse.networks.iter().map(AbuseScope::from).collect(),
            carried: carried.collect(),
            levels: abuse.levels.iter().map(level).collect(),
            is_enforced: abuse.is_enforced,
            alarm_since: abuse.alarm_since,
            budget_messages: abuse.budget.messages,
            spent_messages: abuse.spent.messages,
            budget_cost_micros: abuse.budget.cost_micros,
            spent_cost_micros: abuse.spent.cost_micros,
        }
    }
}
