//! The fields of a JSON object, read one by one so that every fault is found and named in one answer.

use std::fmt;

use chrono::{DateTime, NaiveDate, Utc};
use domain::error::{FieldError, ValidationError};
use domain::locale::Locale;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

/// A field a caller may leave alone (`None`), clear (`Some(None)`) or set.
pub type Wish = Option<Option<String>>;

/// The members of an object in their order, those named twice included.
#[derive(Default)]
pub struct Fields {
    /// The pointer to the object itself.
    place: String,
    members: Vec<(String, Member)>,
    errors: Vec<ValidationError>,
}

/// A member's value. Of an object too it is seen when something in it is named twice.
#[derive(Deserialize)]
#[serde(untagged)]
enum Member {
    Object(Fields),
    Plain(Value),
}

impl Fields {
    /// A field that must be there and whose reader refuses NUL itself, with a reason of its own.
    pub fn raw_text(&mut self, name: &str) -> String {
        match self.take(name) {
            Some(Member::Plain(Value::String(text))) => text,
            Some(Member::Plain(Value::Null)) | None => {
                self.say(name, FieldError::Required);
                String::new()
            }
            Some(_) => {
                self.say(name, FieldError::Invalid);
                String::new()
            }
        }
    }

    /// A field that must be there.
    pub fn text(&mut self, name: &str) -> String {
        self.nullable_text(name).flatten().unwrap_or_else(|| {
            self.say(name, FieldError::Required);
            String::new()
        })
    }

    /// A field that may be missing or null.
    pub fn optional_text(&mut self, name: &str) -> Option<String> {
        self.nullable_text(name).flatten()
    }

    /// A field where missing (`None`) and null (`Some(None)`) differ. NUL is refused: no database column takes it.
    pub fn nullable_text(&mut self, name: &str) -> Wish {
        match self.take(name)? {
            Member::Plain(Value::Null) => Some(None),
            Member::Plain(Value::String(text)) => {
                if text.contains('\0') {
                    self.say(name, FieldError::InvalidChars);
                }
                Some(Some(text))
            }
            _ => {
                self.say(name, FieldError::Invalid);
                Some(Some(String::new()))
            }
        }
    }

    /// A text of at most `most` characters that may be missing or null.
    pub fn bounded_text(&mut self, name: &str, most: usize) -> Option<String> {
        let text = self.optional_text(name);
        if text.as_ref().is_some_and(|text| text.chars().count() > most) {
            self.say(name, FieldError::TooLong);
        }
        text
    }

    /// An object with fields of its own that may be missing or null.
    pub fn optional_object<T>(&mut self, name: &str, read: impl FnOnce(&mut Self) -> T) -> Option<T> {
        match self.take(name)? {
            Member::Plain(Value::Null) => None,
            Member::Object(mut inner) => {
                inner.place = self.pointer(name);
                let value = read(&mut inner);
                self.errors.extend(inner.finish().err().unwrap_or_default());
                Some(value)
            }
            Member::Plain(_) => {
                self.say(name, FieldError::Invalid);
                None
            }
        }
    }

    /// An object that must be there and whose members are another's to judge. None of them may be named twice.
    pub fn foreign_object(&mut self, name: &str) -> Value {
        match self.take(name) {
            Some(Member::Object(inner)) => inner.into_value().unwrap_or_else(|| {
                self.say(name, FieldError::Invalid);
                Value::Null
            }),
            Some(Member::Plain(Value::Null)) | None => {
                self.say(name, FieldError::Required);
                Value::Null
            }
            Some(Member::Plain(_)) => {
                self.say(name, FieldError::Invalid);
                Value::Null
            }
        }
    }

    /// `None` when something in it is named twice.
    fn into_value(self) -> Option<Value> {
        let mut object = serde_json::Map::new();
        for (name, member) in self.members {
            let value = match member {
                Member::Object(inner) => inner.into_value()?,
                Member::Plain(value) => value,
            };
            if object.insert(name, value).is_some() {
                return None;
            }
        }
        Some(Value::Object(object))
    }

    /// An id that must be there.
    pub fn id<T: std::str::FromStr + From<uuid::Uuid>>(&mut self, name: &str) -> T {
        let before = self.errors.len();
        let text = self.text(name);
        text.parse().unwrap_or_else(|_| {
            if self.errors.len() == before {
                self.say(name, FieldError::Invalid);
            }
            uuid::Uuid::nil().into()
        })
    }

    /// An id that may be missing or null.
    pub fn optional_id<T: From<uuid::Uuid>>(&mut self, name: &str) -> Option<T> {
        let id = |value: &Value| value.as_str().and_then(|text| text.parse().ok()).ok_or(FieldError::Invalid);
        self.wish(name, id).flatten().map(|id: uuid::Uuid| id.into())
    }

    /// A whole number that may be missing or null.
    pub fn optional_integer(&mut self, name: &str) -> Option<i64> {
        self.wish(name, |value| value.as_i64().ok_or(FieldError::Invalid)).flatten()
    }

    /// A list of ids that may be missing or null.
    pub fn optional_ids<T: std::str::FromStr>(&mut self, name: &str) -> Option<Vec<T>> {
        let ids: Option<Vec<T>> = match self.take(name)? {
            Member::Plain(Value::Null) => return None,
            Member::Plain(Value::Array(items)) => items.iter().map(|item| item.as_str()?.parse().ok()).collect(),
            _ => None,
        };
        Some(ids.unwrap_or_else(|| {
            self.say(name, FieldError::Invalid);
            Vec::new()
        }))
    }

    /// An instant that must be there (RFC 3339).
    pub fn instant(&mut self, name: &str) -> DateTime<Utc> {
        let before = self.errors.len();
        let text = self.text(name);
        DateTime::parse_from_rfc3339(&text).map_or_else(
            |_| {
                if self.errors.len() == before {
                    self.say(name, FieldError::Invalid);
                }
                DateTime::UNIX_EPOCH
            },
            |at| at.to_utc(),
        )
    }

    /// One of a closed list of names that must be there. `None` when it is refused.
    pub fn one_of<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let before = self.errors.len();
        let text = self.text(name);
        let value = parse(&text);
        if value.is_none() && self.errors.len() == before {
            self.say(name, FieldError::NotOffered);
        }
        value
    }

    /// Yes or no, which must be there.
    pub fn boolean(&mut self, name: &str) -> bool {
        match self.take(name) {
            Some(Member::Plain(Value::Bool(value))) => value,
            Some(Member::Plain(Value::Null)) | None => {
                self.say(name, FieldError::Required);
                false
            }
            Some(_) => {
                self.say(name, FieldError::Invalid);
                false
            }
        }
    }

    /// A language that may be missing or null.
    pub fn optional_locale(&mut self, name: &str) -> Option<Locale> {
        let text = self.optional_text(name)?;
        let locale = [Locale::Ar, Locale::En].into_iter().find(|locale| locale.as_str() == text);
        if locale.is_none() && !self.errors.iter().any(|error| error.pointer == self.pointer(name)) {
            self.say(name, FieldError::NotOffered);
        }
        locale
    }

    /// A whole number that must be there.
    pub fn number(&mut self, name: &str) -> u32 {
        match self.take(name) {
            Some(Member::Plain(Value::Null)) | None => {
                self.say(name, FieldError::Required);
                0
            }
            Some(Member::Plain(value)) => value.as_u64().and_then(|number| u32::try_from(number).ok()).unwrap_or_else(|| {
                self.say(name, FieldError::Invalid);
                0
            }),
            Some(Member::Object(_)) => {
                self.say(name, FieldError::Invalid);
                0
            }
        }
    }

    /// A whole number that may be missing or null.
    pub fn optional_number(&mut self, name: &str) -> Option<i64> {
        self.wish(name, |value| value.as_i64().ok_or(FieldError::Invalid)).flatten()
    }

    /// Yes or no that may be missing or null.
    pub fn optional_boolean(&mut self, name: &str) -> Option<bool> {
        self.wish(name, |value| value.as_bool().ok_or(FieldError::Invalid)).flatten()
    }

    /// A day, `2026-01-31`, that may be missing or null.
    pub fn optional_date(&mut self, name: &str) -> Option<NaiveDate> {
        self.wish(name, |value| value.as_str().and_then(|text| text.parse().ok()).ok_or(FieldError::Invalid)).flatten()
    }

    /// A list of objects that must be there.
    pub fn objects<T>(&mut self, name: &str, mut read: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let items = match self.take(name) {
            Some(Member::Plain(Value::Array(items))) => items,
            Some(Member::Plain(Value::Null)) | None => {
                self.say(name, FieldError::Required);
                return Vec::new();
            }
            Some(_) => {
                self.say(name, FieldError::Invalid);
                return Vec::new();
            }
        };
        let mut all = Vec::with_capacity(items.len());
        for (place, item) in items.into_iter().enumerate() {
            let pointer = format!("{}/{place}", self.pointer(name));
            let inner = if item.is_object() { serde_json::from_value::<Self>(item).ok() } else { None };
            let Some(mut inner) = inner else {
                self.errors.push(ValidationError::new(&pointer, FieldError::Invalid));
                continue;
            };
            inner.place = pointer;
            all.push(read(&mut inner));
            self.errors.extend(inner.finish().err().unwrap_or_default());
        }
        all
    }

    /// A field that a caller may leave alone (`None`), clear (`Some(None)`) or set to what `read` makes of it.
    #[expect(clippy::option_option, reason = "left alone, cleared and set are three things")]
    pub fn wish<T>(&mut self, name: &str, read: impl FnOnce(&Value) -> Result<T, FieldError>) -> Option<Option<T>> {
        match self.take(name)? {
            Member::Plain(Value::Null) => Some(None),
            Member::Plain(value) => match read(&value) {
                Ok(value) => Some(Some(value)),
                Err(error) => {
                    self.say(name, error);
                    None
                }
            },
            Member::Object(_) => {
                self.say(name, FieldError::Invalid);
                None
            }
        }
    }

    /// What is left over is unknown; all faults together are the refusal.
    pub fn finish(mut self) -> Result<(), Vec<ValidationError>> {
        for (name, _) in std::mem::take(&mut self.members) {
            self.say(&name, FieldError::Unknown);
        }
        if self.errors.is_empty() { Ok(()) } else { Err(self.errors) }
    }

    /// For a reader that judges more than one field.
    pub fn refuse(&mut self, name: &str, code: FieldError) {
        self.say(name, code);
    }

    fn take(&mut self, name: &str) -> Option<Member> {
        let at = self.members.iter().position(|(member, _)| member == name)?;
        let (_, value) = self.members.remove(at);
        // Named twice: two readers could see two values.
        let before = self.members.len();
        self.members.retain(|(member, _)| member != name);
        if self.members.len() < before {
            self.say(name, FieldError::Invalid);
        }
        Some(value)
    }

    fn say(&mut self, name: &str, code: FieldError) {
        self.errors.push(ValidationError::new(&self.pointer(name), code));
    }

    /// RFC 6901 §3. A name that is not ours is cut: it comes back in the answer.
    fn pointer(&self, name: &str) -> String {
        let short: String = name.chars().take(64).collect();
        format!("{}/{}", self.place, short.replace('~', "~0").replace('/', "~1"))
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Fields { members, ..Fields::default() })
            }
        }

        deserializer.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use domain::ids::ChallengeId;

    use super::*;

    fn errors(json: &str, read: impl FnOnce(&mut Fields)) -> Vec<String> {
        let mut fields: Fields = serde_json::from_str(json).expect("an object");
        read(&mut fields);
        fields.finish().err().unwrap_or_default().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn every_fault_is_named_once_and_all_of_them_at_once() {
        let found = errors(r#"{"phone": 5, "locale": "fr", "role": "admin", "a/b~": 1}"#, |fields| {
            fields.text("phone");
            fields.text("code");
            fields.optional_locale("locale");
            fields.id::<ChallengeId>("challenge_id");
        });
        assert_eq!(
            found,
            [
                "/phone: invalid",
                "/code: required",
                "/locale: not_offered",
                "/challenge_id: required",
                "/role: unknown",
                "/a~1b~0: unknown"
            ]
        );
    }

    #[test]
    fn a_name_of_a_list_and_a_yes_or_no_are_read_as_they_are() {
        let found = |json: &str| {
            errors(json, |fields| {
                fields.one_of("kind", |text| (text == "access").then_some(()));
                fields.boolean("is_granted");
            })
        };
        assert_eq!(found(r#"{"kind": "access", "is_granted": false}"#), [""; 0]);
        assert_eq!(found("{}"), ["/kind: required", "/is_granted: required"]);
        assert_eq!(found(r#"{"kind": "all", "is_granted": "yes"}"#), ["/kind: not_offered", "/is_granted: invalid"]);
        assert_eq!(found(r#"{"kind": 1, "is_granted": null}"#), ["/kind: invalid", "/is_granted: required"]);
    }

    #[test]
    fn an_object_in_it_is_read_as_strictly() {
        let found = |json: &str| {
            errors(json, |fields| {
                drop(fields.optional_object("proof", |inner| (inner.text("puzzle"), inner.optional_text("solution"))));
            })
        };
        for fine in
            ["{}", r#"{"proof": null}"#, r#"{"proof": {"puzzle": "p", "solution": "1"}}"#, r#"{"proof": {"puzzle": "p"}}"#]
        {
            assert_eq!(found(fine), [""; 0], "{fine}");
        }
        assert_eq!(found(r#"{"proof": "p"}"#), ["/proof: invalid"]);
        assert_eq!(found(r#"{"proof": {}, "proof": {"puzzle": "p"}}"#), ["/proof: invalid", "/proof/puzzle: required"]);
        assert_eq!(
            found(r#"{"proof": {"puzzle": "p", "puzzle": "q", "solution": 5, "a/b": {"c": 1}}, "x": 1}"#),
            ["/proof/puzzle: invalid", "/proof/solution: invalid", "/proof/a~1b: unknown", "/x: unknown"]
        );
        assert_eq!(errors(r#"{"phone": {}}"#, |fields| drop(fields.text("phone"))), ["/phone: invalid"]);
    }

    #[test]
    fn null_is_missing_where_a_value_is_needed_and_a_wish_where_it_is_not() {
        assert_eq!(errors(r#"{"phone": null}"#, |fields| drop(fields.text("phone"))), ["/phone: required"]);
        let mut fields: Fields = serde_json::from_str(r#"{"email": null}"#).expect("an object");
        assert_eq!(fields.nullable_text("email"), Some(None));
        assert_eq!(fields.nullable_text("given_name"), None);
    }

    #[test]
    fn a_field_named_twice_nul_and_odd_ids_are_refused() {
        assert_eq!(errors(r#"{"phone": "1", "phone": "2"}"#, |fields| drop(fields.text("phone"))), ["/phone: invalid"]);
        assert_eq!(errors(r#"{"name": "a\u0000"}"#, |fields| drop(fields.optional_text("name"))), ["/name: invalid_chars"]);
        assert_eq!(errors(r#"{"id": "x"}"#, |fields| _ = fields.id::<ChallengeId>("id")), ["/id: invalid"]);
        assert_eq!(errors(r#"{"name": "abcd"}"#, |fields| drop(fields.bounded_text("name", 3))), ["/name: too_long"]);
    }
}
