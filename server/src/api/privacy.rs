//! Requests about a person's data and the consent ledger, as both the person and an admin read them.

use chrono::{DateTime, Utc};
use domain::consent::{Consent, ConsentPurpose, in_force};
use domain::locale::Locale;
use domain::privacy_request::PrivacyRequest;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What somebody asked about their data.
#[derive(Serialize, ToSchema)]
pub struct PrivacyRequestItem {
    pub id: Uuid,
    /// `access`, `correction`, `erasure` or `objection`.
    #[schema(value_type = String, example = "correction")]
    pub kind: &'static str,
    /// `open`, `in_progress`, `done`, `refused` or `withdrawn`.
    #[schema(value_type = String, example = "open")]
    pub state: &'static str,
    /// `self_service` or `staff`: who wrote it down.
    #[schema(value_type = String, example = "self_service")]
    pub opened_by: &'static str,
    /// In the person's own words.
    pub said: Option<String>,
    pub opened_at: DateTime<Utc>,
    /// When the answer is due.
    pub due_at: DateTime<Utc>,
    /// Whole days until then; negative once it is late, null once it is closed.
    #[schema(example = 29)]
    pub days_left: Option<i64>,
    pub is_overdue: bool,
    /// When the answer was put off, once.
    pub extended_at: Option<DateTime<Utc>>,
    pub extension_reason: Option<String>,
    pub refusal_reason: Option<String>,
    pub closed_at: Option<DateTime<Utc>>,
}

impl PrivacyRequestItem {
    pub fn new(request: &PrivacyRequest, now: DateTime<Utc>) -> Self {
        Self {
            id: request.id.0,
            kind: request.kind.as_str(),
            state: request.state.as_str(),
            opened_by: request.opened_by.as_str(),
            said: request.said.clone(),
            opened_at: request.opened_at,
            due_at: request.due_at,
            days_left: (!request.state.is_closed()).then(|| request.days_left(now)),
            is_overdue: request.is_overdue(now),
            extended_at: request.extended_at,
            extension_reason: request.extension_reason.clone(),
            refusal_reason: request.refusal_reason.clone(),
            closed_at: request.closed_at,
        }
    }
}

/// What somebody agreed to.
#[derive(Serialize, ToSchema)]
pub struct Consents {
    /// Every purpose, and what holds now.
    pub in_force: Vec<ConsentInForce>,
    /// Every line, newest first. Lines are only added.
    pub ledger: Vec<ConsentLine>,
}

/// What holds for one purpose.
#[derive(Serialize, ToSchema)]
pub struct ConsentInForce {
    /// `terms` or `marketing_sms`.
    #[schema(value_type = String, example = "marketing_sms")]
    pub purpose: &'static str,
    /// Never said is not agreed.
    pub is_granted: bool,
    /// Since when; null when nothing was ever said.
    pub since: Option<DateTime<Utc>>,
    /// The words to agree to, in the language of `Accept-Language`.
    pub wording: &'static str,
    /// Their version.
    #[schema(example = 1)]
    pub wording_version: u16,
}

/// A line of the ledger.
#[derive(Serialize, ToSchema)]
pub struct ConsentLine {
    #[schema(value_type = String, example = "marketing_sms")]
    pub purpose: &'static str,
    /// Given, or taken back.
    pub is_granted: bool,
    pub at: DateTime<Utc>,
    /// `welcome`, `account`, `desk` or `api`.
    #[schema(value_type = String, example = "account")]
    pub source: &'static str,
    pub wording_version: u16,
    /// In which language the words stood there.
    #[schema(value_type = String, example = "ar")]
    pub locale: &'static str,
}

impl Consents {
    pub fn new(ledger: &[Consent], locale: Locale) -> Self {
        let holds = |purpose: ConsentPurpose| {
            let line = in_force(ledger, purpose);
            ConsentInForce {
                purpose: purpose.as_str(),
                is_granted: line.is_some_and(|line| line.is_granted),
                since: line.map(|line| line.at),
                wording: app::i18n::consent_wording(purpose, purpose.wording_version(), locale).unwrap_or_default(),
                wording_version: purpose.wording_version(),
            }
        };
        let line = |line: &Consent| ConsentLine {
            purpose: line.purpose.as_str(),
            is_granted: line.is_granted,
            at: line.at,
            source: line.source.as_str(),
            wording_version: line.wording_version,
            locale: line.locale.as_str(),
        };
        Self { in_force: ConsentPurpose::ALL.map(holds).into(), ledger: ledger.iter().map(line).collect() }
    }
}
