//! Messages as an admin sees them. The number is masked: it is shown by a request of its own.

use chrono::{DateTime, Utc};
use domain::phone::Mask;
use serde::Serialize;
use store::message_log::LoggedMessage;
use usecases::MessageDetail;
use utoipa::ToSchema;
use uuid::Uuid;

/// A page of messages.
#[derive(Serialize, ToSchema)]
pub struct MessagePage {
    pub items: Vec<MessageItem>,
    /// For `after`; null on the last page.
    pub next: Option<String>,
    /// `phone` when it cannot be read: then nothing was looked for.
    #[schema(value_type = Vec<String>)]
    pub unmatched: Vec<&'static str>,
}

/// A message.
#[derive(Serialize, ToSchema)]
pub struct MessageItem {
    pub id: Uuid,
    /// `auth_code`, `verify_code`, `phone_changed` or `codes_off`.
    #[schema(value_type = String, example = "auth_code")]
    pub kind: &'static str,
    /// `waiting`, `sent`, `delivered`, `undelivered`, `failed` or `expired`.
    #[schema(value_type = String, example = "delivered")]
    pub state: &'static str,
    /// Masked; null once the person was erased.
    #[schema(example = "05• ••• 4567")]
    pub phone: Option<String>,
    pub user_id: Option<Uuid>,
    #[schema(value_type = String, example = "ar")]
    pub locale: &'static str,
    #[schema(example = "SA")]
    pub country: Option<String>,
    /// How often a worker took it up.
    pub attempts: u32,
    pub provider: Option<String>,
    pub segments: Option<u32>,
    /// Millionths of the currency's unit; null where the price is not known.
    pub cost_micros: Option<i64>,
    pub queued_at: DateTime<Utc>,
    /// When it was sent, failed or ran out.
    pub finished_at: Option<DateTime<Utc>>,
    /// The highest that its provider reported: `sent`, `unknown`, `undelivered` or `delivered`.
    #[schema(value_type = Option<String>)]
    pub report: Option<&'static str>,
    pub reported_at: Option<DateTime<Utc>>,
    /// What went wrong last.
    pub last_error: Option<String>,
}

/// A message with everything that is known of it.
#[derive(Serialize, ToSchema)]
pub struct MessageWhole {
    pub message: MessageItem,
    /// What its provider calls it.
    pub provider_ref: Option<String>,
    /// What was reported, oldest first.
    pub reports: Vec<MessageReport>,
    /// What it says, with bullets in the place of the code.
    pub body: String,
}

/// What a provider reported.
#[derive(Serialize, ToSchema)]
pub struct MessageReport {
    /// `sent`, `unknown`, `undelivered` or `delivered`.
    #[schema(value_type = String)]
    pub status: &'static str,
    pub at: DateTime<Utc>,
}

impl From<&LoggedMessage> for MessageItem {
    fn from(message: &LoggedMessage) -> Self {
        Self {
            id: message.id.0,
            kind: message.kind.as_str(),
            state: message.stand.as_str(),
            phone: message.phone.as_ref().map(|phone| phone.masked(Mask::M1)),
            user_id: message.user_id.map(|id| id.0),
            locale: message.locale.as_str(),
            country: message.country.map(|country| country.to_string()),
            attempts: message.attempts,
            provider: message.provider.clone(),
            segments: message.segments,
            cost_micros: message.cost_micros,
            queued_at: message.created_at,
            finished_at: message.finished_at,
            report: message.report.map(domain::delivery::DeliveryStatus::as_str),
            reported_at: message.reported_at,
            last_error: message.last_error.clone(),
        }
    }
}

impl From<MessageDetail> for MessageWhole {
    fn from(detail: MessageDetail) -> Self {
        let reports = detail.reports.iter().map(|(status, at)| MessageReport { status: status.as_str(), at: *at });
        Self {
            message: MessageItem::from(&detail.message),
            reports: reports.collect(),
            provider_ref: detail.message.provider_ref,
            body: detail.body,
        }
    }
}
