//! `[second_factor]`.

use chrono::TimeDelta;
use domain::limits::{Policy, Quota};
use serde::Deserialize;
use toml::Value;
use usecases::settings::SecondFactorSettings;

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondFactorConfig {
    pub guesses_per_day: u32,
    pub guesses_per_month: u32,
    pub step_up_within_s: u32,
}

impl SecondFactorConfig {
    pub fn settings(&self) -> SecondFactorSettings {
        let guesses = |limit, days| Quota { policy: Policy::FactorGuess, limit, window: TimeDelta::days(days) };
        SecondFactorSettings {
            guesses_day: guesses(self.guesses_per_day, 1),
            guesses_month: guesses(self.guesses_per_month, 30),
            step_up_within: TimeDelta::seconds(self.step_up_within_s.into()),
        }
    }

    /// Each value with what it may be at most; at least it is one.
    pub fn bounds(&self) -> [(&'static str, u32, u32); 3] {
        [
            // NIST SP 800-63B-4 §3.2.2.
            ("second_factor.guesses_per_day", self.guesses_per_day, 100),
            ("second_factor.guesses_per_month", self.guesses_per_month, 100),
            ("second_factor.step_up_within_s", self.step_up_within_s, 3_600),
        ]
    }

    pub fn values(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("guesses_per_day", self.guesses_per_day.into()),
            ("guesses_per_month", self.guesses_per_month.into()),
            ("step_up_within_s", self.step_up_within_s.into()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Sources, load};

    #[test]
    fn guesses_are_neither_none_nor_many() {
        for (text, key) in [
            ("guesses_per_day = 0", "second_factor.guesses_per_day"),
            ("guesses_per_month = 101", "second_factor.guesses_per_month"),
            ("step_up_within_s = 0", "second_factor.step_up_within_s"),
            ("step_up_within_s = 3601", "second_factor.step_up_within_s"),
        ] {
            let text = format!("[second_factor]\n{text}\n");
            let sources = Sources { file: Some(("salon.toml".into(), text.clone())), variables: Vec::new() };
            let refused = load(&sources).expect("it loads").check().expect_err("refused");
            assert!(refused.0.iter().any(|problem| problem.key == key), "{text}: {refused:?}");
        }
    }
}
