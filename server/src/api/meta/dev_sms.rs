//! `GET /dev/sms.json`: the development sink. Mounted in development alone, and not in the document.

use axum::Json;
use axum::extract::{Query, State};
use chrono::{DateTime, Utc};
use domain::error::ErrorCode;
use domain::phone::PhoneNumber;
use serde::{Deserialize, Serialize};
use usecases::{DevMessage, Usecases};
use uuid::Uuid;

use crate::problem::Problem;

const NEWEST: u32 = 50;

#[derive(Deserialize)]
pub struct Filter {
    to: Option<String>,
}

/// A message as contract §5 shapes it.
#[derive(Serialize)]
pub struct Message {
    id: Uuid,
    to: String,
    body: String,
    code: Option<String>,
    purpose: Option<&'static str>,
    locale: &'static str,
    created_at: DateTime<Utc>,
}

impl From<DevMessage> for Message {
    fn from(message: DevMessage) -> Self {
        Self {
            id: message.id.0,
            to: message.to.as_e164().to_owned(),
            body: message.body,
            code: message.code,
            purpose: message.purpose.map(domain::challenge::Purpose::as_str),
            locale: message.locale.as_str(),
            created_at: message.created_at,
        }
    }
}

/// Newest first.
pub async fn handler(
    State(uc): State<Usecases>,
    filter: Result<Query<Filter>, axum::extract::rejection::QueryRejection>,
) -> Result<Json<Vec<Message>>, Problem> {
    let Query(Filter { to }) = filter.map_err(|_| ErrorCode::Malformed)?;
    let to = to.map(|text| read(&text, &uc)).transpose()?;
    let messages = uc.dev_messages(to.as_ref(), NEWEST).await?;
    Ok(Json(messages.into_iter().map(Message::from).collect()))
}

/// A bare plus in a query is a space, so `?to=+9665…` is read as what was meant.
fn read(text: &str, uc: &Usecases) -> Result<PhoneNumber, Problem> {
    let text = text.strip_prefix(' ').map_or_else(|| text.to_owned(), |rest| format!("+{rest}"));
    let region = uc.settings().phones.default_region;
    Ok(PhoneNumber::parse(&text, region).map_err(usecases::Error::InvalidPhone)?)
}
