//! A number that staff ask to be moved, as an admin sees it.

use chrono::{DateTime, Utc};
use domain::phone_move;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// The last move that a person is part of.
#[derive(Serialize, ToSchema)]
pub struct PhoneChange {
    pub id: Uuid,
    /// `change`, `merge` or `recycled`.
    #[schema(value_type = String, example = "change")]
    pub kind: &'static str,
    /// `pending`, `done`, `undone`, `cancelled` or `expired`.
    #[schema(value_type = String, example = "pending")]
    pub state: &'static str,
    /// The number, E.164.
    #[schema(example = "+966501234567")]
    pub phone: String,
    /// Who gets it; null for a newcomer, who starts empty.
    pub gainer: Option<Uuid>,
    /// Who loses it; null when nobody had it.
    pub loser: Option<Uuid>,
    /// What the gainer had before, once it is done.
    pub old_phone: Option<String>,
    pub asked_by: Uuid,
    pub asked_at: DateTime<Utc>,
    /// When it came into this state.
    pub changed_at: DateTime<Utc>,
    /// Until when it can be proved (while pending) or taken back (once done).
    pub over_at: DateTime<Utc>,
}

impl PhoneChange {
    pub fn new(one: &phone_move::PhoneMove, now: DateTime<Utc>) -> Self {
        Self {
            id: one.id.0,
            kind: one.kind.as_str(),
            state: one.state(now).as_str(),
            phone: one.phone.as_e164().to_owned(),
            gainer: one.gainer.map(|id| id.0),
            loser: one.loser.map(|id| id.0),
            old_phone: one.old_phone.as_ref().map(|phone| phone.as_e164().to_owned()),
            asked_by: one.asked_by.0,
            asked_at: one.asked_at,
            changed_at: one.changed_at,
            over_at: one.over_at,
        }
    }
}

/// Where a person's number stands.
#[derive(Serialize, ToSchema)]
pub struct PhoneChangeStanding {
    /// Null when nothing was asked for of late.
    pub last: Option<PhoneChange>,
}
