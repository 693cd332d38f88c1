//! A row of `outbox` with the challenge it is about.

use chrono::{DateTime, Utc};
use domain::challenge::Challenge;
use domain::ids::OutboxId;
use domain::locale::Locale;
use domain::message::MessageKind;
use domain::phone::PhoneNumber;
use sqlx::FromRow;
use uuid::Uuid;

use crate::challenge_row::MaybeChallengeRow;
use crate::outbox::{Leased, OutboxEntry, OutboxState};
use crate::read::{locale, named, number, phone};
use crate::{Instant, StoreError};

/// The columns of [`OutboxRow`] without those of the challenge.
macro_rules! outbox_columns {
    () => {
        "outbox.outbox_id, outbox.kind, outbox.phone, outbox.locale, outbox.state, outbox.attempts, outbox.fence, outbox.expires_at, \
         outbox.created_at, outbox.finished_at, outbox.provider, outbox.bound_provider"
    };
}

pub(crate) use outbox_columns;

#[derive(FromRow)]
pub(crate) struct OutboxRow {
    outbox_id: Uuid,
    kind: String,
    phone: Option<String>,
    locale: String,
    state: String,
    attempts: i32,
    fence: i64,
    expires_at: Instant,
    created_at: Instant,
    finished_at: Option<Instant>,
    provider: Option<String>,
    bound_provider: Option<String>,
    #[sqlx(flatten)]
    challenge: MaybeChallengeRow,
}

impl OutboxRow {
    fn kind(&self) -> Result<MessageKind, StoreError> {
        named(&self.kind, "outbox.kind", MessageKind::parse)
    }

    fn locale(&self) -> Result<Locale, StoreError> {
        locale(&self.locale, "outbox.locale")
    }

    fn phone(&self) -> Result<Option<PhoneNumber>, StoreError> {
        self.phone.as_deref().map(|text| phone(text, "outbox.phone")).transpose()
    }

    pub(crate) fn created_at(&self) -> DateTime<Utc> {
        self.created_at.0
    }
}

impl TryFrom<OutboxRow> for Leased {
    type Error = StoreError;

    fn try_from(row: OutboxRow) -> Result<Self, StoreError> {
        let phone = row.phone()?.ok_or_else(|| StoreError::Inconsistent("outbox.phone is gone from a leased row".into()))?;
        Ok(Self {
            id: OutboxId(row.outbox_id),
            fence: row.fence,
            kind: row.kind()?,
            locale: row.locale()?,
            phone,
            attempts: number(row.attempts, "outbox.attempts")?,
            provider: row.provider.unwrap_or_default(),
            is_bound: row.bound_provider.is_some(),
            expires_at: row.expires_at.0,
            challenge: Option::<Challenge>::try_from(row.challenge)?,
        })
    }
}

impl TryFrom<OutboxRow> for OutboxEntry {
    type Error = StoreError;

    fn try_from(row: OutboxRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: OutboxId(row.outbox_id),
            kind: row.kind()?,
            phone: row.phone()?,
            locale: row.locale()?,
            state: named(&row.state, "outbox.state", OutboxState::parse)?,
            provider: row.provider,
            created_at: row.created_at.0,
            finished_at: row.finished_at.map(|at| at.0),
            challenge: Option::<Challenge>::try_from(row.challenge)?,
        })
    }
}
