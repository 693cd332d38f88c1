//! `PATCH /api/admin/settings/`

use axum::Json;
use axum::extract::State;
use domain::error::ErrorCode;
use serde_json::Value;
use usecases::{LiveChange, LiveKey, Usecases};
use utoipa::ToSchema;

use super::views::LiveSettingsView;
use crate::extract::{AdminBearer, Fields, FromFields, Input};
use crate::problem::Problem;

pub const PROBLEMS: &[ErrorCode] =
    &[ErrorCode::Forbidden, ErrorCode::SecondFactorRequired, ErrorCode::FreshAuthenticationRequired, ErrorCode::Conflict];

/// Only what is named changes; null sets it back to what is configured.
#[derive(ToSchema)]
#[schema(as = LiveSettingsChange)]
#[expect(dead_code, reason = "it is the shape of `Change` in the document")]
pub struct Body {
    /// `version` of what was looked at.
    version: u32,
    /// By their keys.
    #[schema(value_type = Object)]
    settings: Value,
}

pub struct Change {
    version: u32,
    changes: Vec<LiveChange>,
}

impl FromFields for Change {
    fn from_fields(fields: &mut Fields) -> Self {
        let version = fields.number("version");
        let read = |inner: &mut Fields| {
            LiveKey::ALL
                .into_iter()
                .filter_map(|key| {
                    let value = inner.wish(key.as_str(), |value| key.read(value))?;
                    Some((key, value))
                })
                .collect()
        };
        let changes = fields.optional_object("settings", read).unwrap_or_default();
        Self { version, changes }
    }
}

/// Changes settings while Salon runs. They hold in every process within seconds. What would make guessing codes easier than is allowed
/// is refused, and so is a change of a version that is no longer in force. The second factor must have been shown just now.
#[utoipa::path(patch, path = "/api/admin/settings/", operation_id = "changeLiveSettings", tag = "admin", security(("bearer" = [])),
    request_body = Body, responses((status = 200, description = "What holds now", body = LiveSettingsView)))]
pub async fn handler(
    State(uc): State<Usecases>,
    AdminBearer(admin): AdminBearer,
    Input(Change { version, changes }): Input<Change>,
) -> Result<Json<LiveSettingsView>, Problem> {
    Ok(Json(uc.change_live_settings(&admin, version, &changes).await?.into()))
}
