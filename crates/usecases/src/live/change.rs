//! Looking at the live settings, at what a change would do, and changing them.

use chrono::{DateTime, TimeDelta, Utc};
use domain::error::{FieldError, ValidationError};
use domain::fraud::Scope;
use domain::permission::Permission;
use domain::user::User;
use serde_json::{Map, Value, json};
use store::live_settings::{self, Version};
use store::{audit, fraud_sums, users};

use super::document::Document;
use super::{LiveKey, LiveValue};
use crate::guessing::Guessing;
use crate::settings::Settings;
use crate::{Admin, Error, Usecases};

/// Countries that codes of a day went to, at most.
const COUNTRIES: u32 = 300;

/// One setting as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LiveSetting {
    /// Which.
    pub key: LiveKey,
    /// What the configuration says.
    pub configured: LiveValue,
    /// What holds.
    pub in_force: LiveValue,
    /// Whether that was set here, even if it is the same.
    pub is_set: bool,
}

/// All of them, and since when.
#[derive(Clone, Debug)]
pub struct LiveSettings {
    /// To be named by whoever changes them; 0: nothing was ever set.
    pub version: u32,
    /// When they were changed last.
    pub changed_at: Option<DateTime<Utc>>,
    /// By whom, if they are still there.
    pub changed_by: Option<User>,
    /// In the order in which they are shown.
    pub settings: Vec<LiveSetting>,
    /// How likely guessing is with them.
    pub guessing: Guessing,
}

/// A setting and what it is to be; `None`: as configured.
pub type LiveChange = (LiveKey, Option<LiveValue>);

/// What a change would do.
#[derive(Clone, Debug)]
pub struct LiveReview {
    /// What was looked at.
    pub before: LiveSettings,
    /// The settings that would be others, each with what it would be.
    pub changes: Vec<(LiveSetting, LiveValue)>,
    /// How likely guessing would be.
    pub guessing: Guessing,
    /// Codes that strangers asked for in the last 24 hours, in countries that would get none any more.
    pub refused_codes: u64,
    /// The same that would be paused.
    pub paused_codes: u64,
}

impl LiveReview {
    /// Whether it cannot be made.
    pub fn is_too_easy(&self) -> bool {
        self.guessing.is_too_easy()
    }
}

impl Usecases {
    /// Reads the settings that may be changed while Salon runs.
    ///
    /// # Errors
    /// `Forbidden`, `Unavailable`.
    pub async fn read_live_settings(&self, admin: &Admin) -> Result<LiveSettings, Error> {
        admin.require(Permission::SettingsEdit)?;
        self.look_at_live_settings().await
    }

    /// Works out what changes would do. Nothing is changed.
    ///
    /// # Errors
    /// `Forbidden`, `Unavailable`.
    pub async fn review_live_settings(&self, admin: &Admin, changes: &[LiveChange]) -> Result<LiveReview, Error> {
        admin.require(Permission::SettingsEdit)?;
        let before = self.look_at_live_settings().await?;
        let state = self.live.state();
        let after = changed(&state.document, changes, &self.parts.settings).over(&self.parts.settings);
        let differing = before.settings.iter().filter_map(|setting| {
            let value = setting.key.of(&after);
            (value != setting.in_force).then(|| (setting.clone(), value))
        });
        let changes = differing.collect();
        let now = self.parts.clock.now();
        let (since, to) = (now - TimeDelta::days(1), now + TimeDelta::seconds(1));
        let asked = fraud_sums::list(&mut self.parts.store.read().await?, since, to, COUNTRIES).await?;
        let codes = |is_lost: fn(&Settings, domain::phone::Region) -> bool| {
            let lost = asked.iter().filter_map(|sum| match sum.scope {
                Scope::Country(region) if is_lost(&after, region) && !is_lost(&state.settings, region) => Some(sum.asked),
                _ => None,
            });
            lost.sum::<u64>()
        };
        let refused_codes = codes(|settings, region| !settings.phones.serves(region));
        let paused_codes = codes(|settings, region| settings.phones.serves(region) && settings.phones.is_paused(region));
        Ok(LiveReview { before, changes, guessing: after.guessing(Guessing::ACCOUNTS), refused_codes, paused_codes })
    }

    /// Changes settings, if nobody has since `version`. They hold here at once, and everywhere within seconds.
    ///
    /// # Errors
    /// `Forbidden`, `StepUpRequired`, `Conflict` (there is another version), `Validation` (guessing would be easier than is allowed),
    /// `Unavailable`.
    pub async fn change_live_settings(&self, admin: &Admin, version: u32, changes: &[LiveChange]) -> Result<LiveSettings, Error> {
        let actor = admin.require(Permission::SettingsEdit)?;
        self.require_step_up(actor)?;
        let mut tx = self.parts.store.write().await?;
        let newest = live_settings::find_newer(&mut tx, 0).await?;
        if newest.as_ref().map_or(0, |newest| newest.version) != version {
            return Err(Error::Conflict);
        }
        let was = match &newest {
            Some(newest) => Document::parse(&newest.document)
                .ok_or_else(|| Error::internal("the live settings in force cannot be read by this release"))?,
            None => Document::default(),
        };
        let document = changed(&was, changes, &self.parts.settings);
        let (before, after) = (was.over(&self.parts.settings), document.over(&self.parts.settings));
        if after.guessing(0).is_too_easy() {
            return Err(Error::Validation(too_easy(changes)));
        }
        if document == was {
            drop(tx);
            return self.look_at_live_settings().await;
        }
        let next = Version {
            version: version + 1,
            document: document.to_text(),
            changed_at: self.parts.clock.now(),
            changed_by: Some(actor.user.id),
        };
        if !tx.run(live_settings::insert(&next)).await? {
            return Err(Error::Conflict);
        }
        self.audit_admin(&mut tx, actor, "settings_changed", None, difference(&before, &after)).await?;
        tx.commit().await?;
        self.look_at_live_settings().await
    }

    /// Sets everything back to what is configured, whatever was set: for an operator, who need not be able to read it.
    ///
    /// # Errors
    /// `Conflict` when somebody changes settings at the same time, `Unavailable`.
    pub async fn reset_live_settings(&self) -> Result<(), Error> {
        let mut tx = self.parts.store.write().await?;
        let newest = live_settings::find_newer(&mut tx, 0).await?.map_or(0, |newest| newest.version);
        let document = Document::default().to_text();
        let next = Version { version: newest + 1, document, changed_at: self.parts.clock.now(), changed_by: None };
        if !tx.run(live_settings::insert(&next)).await? {
            return Err(Error::Conflict);
        }
        tx.run(audit::insert(&self.entry_by("operator", "settings_reset", None, json!({})))).await?;
        tx.commit().await?;
        self.take_over(&next)
    }

    /// The same for an operator.
    ///
    /// # Errors
    /// `Unavailable`, `Internal` when this release cannot read them.
    pub async fn operator_live_settings(&self) -> Result<LiveSettings, Error> {
        self.look_at_live_settings().await
    }

    async fn look_at_live_settings(&self) -> Result<LiveSettings, Error> {
        let mut tx = self.parts.store.read().await?;
        let newest = live_settings::find_newer(&mut tx, 0).await?;
        let changed_by = match newest.as_ref().and_then(|newest| newest.changed_by) {
            Some(id) => users::find(&mut tx, id).await?,
            None => None,
        };
        drop(tx);
        if let Some(newest) = &newest {
            self.take_over(newest)?;
        }
        let state = self.live.state();
        let settings = LiveKey::ALL.map(|key| LiveSetting {
            key,
            configured: key.of(&self.parts.settings),
            in_force: key.of(&state.settings),
            is_set: state.document.0.contains_key(&key),
        });
        Ok(LiveSettings {
            version: state.version,
            changed_at: newest.map(|newest| newest.changed_at),
            changed_by,
            settings: settings.into(),
            guessing: state.settings.guessing(Guessing::ACCOUNTS),
        })
    }
}

/// The document after the changes. What is as it was stays as it was set, and what is as configured is not set.
fn changed(document: &Document, changes: &[LiveChange], configured: &Settings) -> Document {
    let before = document.over(configured);
    let mut document = document.clone();
    for (key, value) in changes {
        match value {
            Some(value) if *value == key.of(&before) => {}
            Some(value) if *value != key.of(configured) => drop(document.0.insert(*key, value.clone())),
            Some(_) | None => drop(document.0.remove(key)),
        }
    }
    document
}

/// Old and new, by name.
fn difference(before: &Settings, after: &Settings) -> Value {
    let changed = LiveKey::ALL.into_iter().filter(|key| key.of(before) != key.of(after));
    let line = |key: LiveKey| {
        let (from, to) = (key.of(before).to_json(), key.of(after).to_json());
        (key.as_str().to_owned(), json!({ "from": from, "to": to }))
    };
    Value::Object(changed.map(line).collect::<Map<_, _>>())
}

/// The fields that are to blame: those that guessing depends on.
fn too_easy(changes: &[LiveChange]) -> Vec<ValidationError> {
    let blamed: Vec<_> = changes.iter().filter(|(key, _)| key.as_str().starts_with("otp.")).collect();
    let error = |(key, _): &&LiveChange| ValidationError { pointer: format!("/{}", key.as_str()), code: FieldError::NotOffered };
    blamed.iter().map(error).collect()
}
