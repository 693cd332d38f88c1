//! The document: what was set, by key. What is not in it is as configured.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{LiveKey, LiveValue};
use crate::settings::Settings;

/// What was set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Document(pub(super) BTreeMap<LiveKey, LiveValue>);

impl Document {
    /// Reads a stored document. `None` when any of it cannot be read: what a later release set and this one does not know may be a
    /// brake, and nobody lets go of a brake because they cannot read its name.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let members: Map<String, Value> = serde_json::from_str(text).ok()?;
        let read = |(name, value): (String, Value)| {
            let key = LiveKey::parse(&name)?;
            Some((key, key.read(&value).ok()?))
        };
        members.into_iter().map(read).collect::<Option<_>>().map(Self)
    }

    /// As it is stored.
    pub(super) fn to_text(&self) -> String {
        let members: Map<String, Value> = self.0.iter().map(|(key, value)| (key.as_str().to_owned(), value.to_json())).collect();
        Value::Object(members).to_string()
    }

    /// The numbers in force: the configured ones with the document over them.
    pub(super) fn over(&self, configured: &Settings) -> Settings {
        let mut settings = configured.clone();
        for (key, value) in &self.0 {
            key.put(&mut settings, value);
        }
        settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_comes_back_and_one_that_is_not_understood_does_not() {
        let document = Document::parse(r#"{"otp.code_length":8,"phones.only_saudi":true}"#).expect("good");
        assert_eq!(Document::parse(&document.to_text()), Some(document.clone()));
        let settings = document.over(&Settings::default());
        assert_eq!((settings.otp.rules.code_lengths.usual.digits(), settings.phones.only_saudi), (8, true));
        for bad in ["", "[]", r#"{"otp.code_length":5}"#, r#"{"phones.later":true}"#] {
            assert_eq!(Document::parse(bad), None, "{bad}");
        }
    }
}
