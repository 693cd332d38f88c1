//! Live settings as JSON.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::Value;
use usecases::LiveSettings;
use utoipa::ToSchema;
use uuid::Uuid;

/// The settings that may be changed while Salon runs.
#[derive(Serialize, ToSchema)]
pub struct LiveSettingsView {
    /// To be named by whoever changes them; 0: nothing was ever set.
    pub version: u32,
    pub changed_at: Option<DateTime<Utc>>,
    pub changed_by: Option<Uuid>,
    pub settings: Vec<LiveSettingView>,
    /// The greatest chance that one account is guessed in a year with them, and what it may be.
    pub guess_chance: f64,
    pub guess_ceiling: f64,
}

/// One setting.
#[derive(Serialize, ToSchema)]
pub struct LiveSettingView {
    #[schema(value_type = String, example = "sms.daily_messages")]
    pub key: &'static str,
    /// What holds: a number, a switch, or a list of countries.
    #[schema(value_type = Object)]
    pub value: Value,
    /// What the configuration says.
    #[schema(value_type = Object)]
    pub configured: Value,
    /// Whether it was set here.
    pub is_set: bool,
}

impl From<LiveSettings> for LiveSettingsView {
    fn from(live: LiveSettings) -> Self {
        let settings = live.settings.iter().map(|setting| LiveSettingView {
            key: setting.key.as_str(),
            value: setting.in_force.to_json(),
            configured: setting.configured.to_json(),
            is_set: setting.is_set,
        });
        Self {
            version: live.version,
            changed_at: live.changed_at,
            changed_by: live.changed_by.as_ref().map(|user| user.id.0),
            settings: settings.collect(),
            guess_chance: live.guessing.bound.chance,
            guess_ceiling: live.guessing.ceiling,
        }
    }
}
