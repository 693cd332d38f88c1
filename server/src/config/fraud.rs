//! The fraud brake and the fleet guard: `[fraud]`.

use domain::fraud::{AlarmRules, Bounds, Thresholds};
use serde::Deserialize;
use toml::Value;
use usecases::settings::{FraudMode, FraudSettings};

/// Whether the brake does what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BrakeMode {
    RecordOnly,
    Enforce,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FraudConfig {
    pub mode: BrakeMode,
    pub network_typing: u32,
    pub network_lost: u32,
    pub prefix_typing: u32,
    pub prefix_lost: u32,
    pub country_typing: u32,
    pub country_lost: u32,
    pub fleet_typing: u32,
    pub fleet_lost: u32,
    pub day_factor: u32,
    pub refusal_factor: u32,
    pub proof_percent: u32,
    pub refusal_percent: u32,
    pub alarm_factor: u32,
    pub alarm_failures_hour: u32,
    pub alarm_failures_day: u32,
}

impl FraudConfig {
    /// As the use cases want it.
    pub(super) fn settings(&self) -> FraudSettings {
        let bounds = |typing, lost| Bounds { typing, lost };
        FraudSettings {
            mode: match self.mode {
                BrakeMode::RecordOnly => FraudMode::RecordOnly,
                BrakeMode::Enforce => FraudMode::Enforce,
            },
            thresholds: Thresholds {
                network: bounds(self.network_typing, self.network_lost),
                prefix: bounds(self.prefix_typing, self.prefix_lost),
                country: bounds(self.country_typing, self.country_lost),
                fleet: bounds(self.fleet_typing, self.fleet_lost),
                day_factor: self.day_factor,
                refusal_factor: self.refusal_factor,
                proof_percent: self.proof_percent,
                refusal_percent: self.refusal_percent,
            },
            alarm: AlarmRules {
                factor: self.alarm_factor,
                failures_hour: self.alarm_failures_hour,
                failures_day: self.alarm_failures_day,
            },
        }
    }

    /// Of none nothing could be multiplied.
    pub(super) const fn at_least_one(&self) -> [(&'static str, u32); 7] {
        [
            ("fraud.network_lost", self.network_lost),
            ("fraud.prefix_lost", self.prefix_lost),
            ("fraud.country_lost", self.country_lost),
            ("fraud.fleet_lost", self.fleet_lost),
            ("fraud.day_factor", self.day_factor),
            ("fraud.refusal_factor", self.refusal_factor),
            ("fraud.alarm_factor", self.alarm_factor),
        ]
    }

    /// As it is shown.
    pub(super) fn values(&self) -> Vec<(&'static str, Value)> {
        let mode = match self.mode {
            BrakeMode::RecordOnly => "record_only",
            BrakeMode::Enforce => "enforce",
        };
        vec![
            ("mode", mode.into()),
            ("network_typing", self.network_typing.into()),
            ("network_lost", self.network_lost.into()),
            ("prefix_typing", self.prefix_typing.into()),
            ("prefix_lost", self.prefix_lost.into()),
            ("country_typing", self.country_typing.into()),
            ("country_lost", self.country_lost.into()),
            ("fleet_typing", self.fleet_typing.into()),
            ("fleet_lost", self.fleet_lost.into()),
            ("day_factor", self.day_factor.into()),
            ("refusal_factor", self.refusal_factor.into()),
            ("proof_percent", self.proof_percent.into()),
            ("refusal_percent", self.refusal_percent.into()),
            ("alarm_factor", self.alarm_factor.into()),
            ("alarm_failures_hour", self.alarm_failures_hour.into()),
            ("alarm_failures_day", self.alarm_failures_day.into()),
        ]
    }
}
