//! Which settings there are, what each may be, and where it goes.

use std::ops::RangeInclusive;

use domain::challenge::CodeLength;
use domain::error::FieldError;
use domain::phone::Region;
use serde_json::{Value, json};

use crate::settings::Settings;

/// A setting that may be changed while Salon runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LiveKey {
    /// Countries messages are sent to.
    Countries,
    /// None of them but Saudi Arabia, whatever the list says: one switch, and the list is still there.
    OnlySaudi,
    /// No codes for signing in to numbers of other countries, for now.
    ForeignPaused,
    /// Messages a day.
    DailyMessages,
    /// Digits of a code.
    CodeLength,
    /// Guesses a challenge.
    MaxAttempts,
    /// Wrong guesses per phone and day.
    GuessesPerPhoneDay,
    /// Messages per phone and hour.
    SendsPerPhoneHour,
    /// Messages per phone and day.
    SendsPerPhoneDay,
}

/// What one is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LiveValue {
    /// In the order of their codes, each once.
    Countries(Vec<Region>),
    /// On or off.
    Switch(bool),
    /// In its range.
    Number(u32),
}

impl LiveKey {
    /// Every one, in the order in which they are shown.
    pub const ALL: [Self; 9] = [
        Self::Countries,
        Self::OnlySaudi,
        Self::ForeignPaused,
        Self::DailyMessages,
        Self::CodeLength,
        Self::MaxAttempts,
        Self::GuessesPerPhoneDay,
        Self::SendsPerPhoneHour,
        Self::SendsPerPhoneDay,
    ];

    /// The name: that of the configuration, where it is configured too.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Countries => "phones.countries",
            Self::OnlySaudi => "phones.only_saudi",
            Self::ForeignPaused => "phones.foreign_paused",
            Self::DailyMessages => "sms.daily_messages",
            Self::CodeLength => "otp.code_length",
            Self::MaxAttempts => "otp.max_attempts",
            Self::GuessesPerPhoneDay => "otp.guesses_per_phone_day",
            Self::SendsPerPhoneHour => "otp.sends_per_phone_hour",
            Self::SendsPerPhoneDay => "otp.sends_per_phone_day",
        }
    }

    /// Reads [`LiveKey::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.as_str() == text)
    }

    /// What a number may be. Not of zero: what stops everything is a switch, or the end of the process. The configuration has the same
    /// bounds.
    pub const fn range(self) -> Option<RangeInclusive<u32>> {
        match self {
            Self::Countries | Self::OnlySaudi | Self::ForeignPaused => None,
            Self::DailyMessages => Some(1..=10_000_000),
            Self::CodeLength => Some(6..=10),
            Self::MaxAttempts => Some(1..=20),
            // A limit's row holds all its recent uses (docs/adr/0010).
            Self::GuessesPerPhoneDay | Self::SendsPerPhoneDay => Some(1..=300),
            // Known devices get what is kept for them on top.
            Self::SendsPerPhoneHour => Some(1..=100),
        }
    }

    /// Its value in `settings`.
    pub fn of(self, settings: &Settings) -> LiveValue {
        let (otp, phones) = (&settings.otp, &settings.phones);
        match self {
            Self::Countries => LiveValue::countries(phones.countries.clone()),
            Self::OnlySaudi => LiveValue::Switch(phones.only_saudi),
            Self::ForeignPaused => LiveValue::Switch(phones.foreign_paused),
            Self::DailyMessages => LiveValue::Number(settings.sms.budget.messages),
            Self::CodeLength => LiveValue::Number(otp.rules.code_lengths.usual.digits().into()),
            Self::MaxAttempts => LiveValue::Number(otp.rules.max_attempts.into()),
            Self::GuessesPerPhoneDay => LiveValue::Number(otp.guesses_phone.limit),
            Self::SendsPerPhoneHour => LiveValue::Number(otp.sends_hour.limit),
            Self::SendsPerPhoneDay => LiveValue::Number(otp.sends_day.limit),
        }
    }

    /// Sets it. A value of another kind, or out of range, is left out: none is made ([`LiveKey::read`]).
    pub(super) fn put(self, settings: &mut Settings, value: &LiveValue) {
        let (otp, phones) = (&mut settings.otp, &mut settings.phones);
        match (self, value) {
            (Self::Countries, LiveValue::Countries(countries)) => phones.countries.clone_from(countries),
            (Self::OnlySaudi, LiveValue::Switch(is_on)) => phones.only_saudi = *is_on,
            (Self::ForeignPaused, LiveValue::Switch(is_on)) => phones.foreign_paused = *is_on,
            (Self::DailyMessages, LiveValue::Number(number)) => settings.sms.budget.messages = *number,
            (Self::CodeLength, LiveValue::Number(number)) => {
                if let Some(length) = u8::try_from(*number).ok().and_then(CodeLength::new) {
                    otp.rules.code_lengths.usual = length;
                }
            }
            (Self::MaxAttempts, LiveValue::Number(number)) => {
                otp.rules.max_attempts = u8::try_from(*number).unwrap_or(otp.rules.max_attempts);
            }
            (Self::GuessesPerPhoneDay, LiveValue::Number(number)) => otp.guesses_phone.limit = *number,
            (Self::SendsPerPhoneHour, LiveValue::Number(number)) => otp.sends_hour.limit = *number,
            (Self::SendsPerPhoneDay, LiveValue::Number(number)) => otp.sends_day.limit = *number,
            _ => {}
        }
    }

    /// Reads a value as JSON carries it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(self, value: &Value) -> Result<LiveValue, FieldError> {
        match self {
            Self::Countries => {
                let codes = value.as_array().ok_or(FieldError::Invalid)?;
                let region = |code: &Value| Region::parse(code.as_str()?);
                let regions = codes.iter().map(region).collect::<Option<Vec<_>>>().ok_or(FieldError::NotOffered)?;
                if regions.is_empty() { Err(FieldError::Required) } else { Ok(LiveValue::countries(regions)) }
            }
            Self::OnlySaudi | Self::ForeignPaused => value.as_bool().map(LiveValue::Switch).ok_or(FieldError::Invalid),
            _ => {
                let number = value.as_u64().ok_or(FieldError::Invalid)?;
                let number = u32::try_from(number).map_err(|_| FieldError::NotOffered)?;
                let is_offered = self.range().is_some_and(|range| range.contains(&number));
                if is_offered { Ok(LiveValue::Number(number)) } else { Err(FieldError::NotOffered) }
            }
        }
    }

    /// Reads a value as a form carries it: codes with anything between them, `on`, digits of any script.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read_text(self, text: &str) -> Result<LiveValue, FieldError> {
        let text = domain::digits::fold(text.trim());
        match self {
            Self::Countries => {
                let codes = text.split(|c: char| !c.is_ascii_alphabetic()).filter(|code| !code.is_empty());
                self.read(&codes.map(str::to_ascii_uppercase).collect())
            }
            Self::OnlySaudi | Self::ForeignPaused => self.read(&json!(text == "on")),
            _ if text.is_empty() => Err(FieldError::Required),
            _ => self.read(&text.parse::<u64>().map_or(Value::Null, Value::from)),
        }
    }
}

impl LiveValue {
    fn countries(mut regions: Vec<Region>) -> Self {
        regions.sort_by_key(ToString::to_string);
        regions.dedup();
        Self::Countries(regions)
    }

    /// As JSON carries it.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Countries(regions) => regions.iter().map(ToString::to_string).collect(),
            Self::Switch(is_on) => json!(is_on),
            Self::Number(number) => json!(number),
        }
    }

    /// As a form carries it.
    pub fn to_text(&self) -> String {
        match self {
            Self::Countries(regions) => regions.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "),
            Self::Switch(is_on) => if *is_on { "on" } else { "off" }.to_owned(),
            Self::Number(number) => number.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_comes_back_as_it_was_set_by_json_and_by_form() {
        for key in LiveKey::ALL {
            let mut settings = Settings::default();
            let value = match key.of(&settings) {
                LiveValue::Countries(_) => key.read_text("sa, ae KW sa").expect("good"),
                LiveValue::Switch(is_on) => LiveValue::Switch(!is_on),
                LiveValue::Number(number) => LiveValue::Number(number + 1),
            };
            assert_ne!(key.of(&settings), value, "{key:?}");
            key.put(&mut settings, &value);
            assert_eq!(key.of(&settings), value, "{key:?}");
            assert_eq!(key.read(&value.to_json()), Ok(value.clone()), "{key:?}");
            assert_eq!(key.read_text(&value.to_text()), Ok(value), "{key:?}");
            assert_eq!(LiveKey::parse(key.as_str()), Some(key));
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        for (key, text, error) in [
            (LiveKey::Countries, "", FieldError::Required),
            (LiveKey::Countries, "Saudi", FieldError::NotOffered),
            (LiveKey::DailyMessages, "", FieldError::Required),
            (LiveKey::DailyMessages, "0", FieldError::NotOffered),
            (LiveKey::DailyMessages, "many", FieldError::Invalid),
            (LiveKey::CodeLength, "5", FieldError::NotOffered),
            (LiveKey::CodeLength, "11", FieldError::NotOffered),
            (LiveKey::GuessesPerPhoneDay, "301", FieldError::NotOffered),
        ] {
            assert_eq!(key.read_text(text), Err(error), "{key:?} {text}");
        }
        assert_eq!(LiveKey::CodeLength.read_text("٨"), Ok(LiveValue::Number(8)));
        assert_eq!(LiveKey::OnlySaudi.read(&json!("on")), Err(FieldError::Invalid));
    }
}
