//! The data export, written out for its person: a card for each part, names and values in words. Nothing in the export is left out: what
//! is not known here shows under its own name.

use chrono::DateTime;
use domain::locale::Locale;
use domain::phone::PhoneNumber;
use domain::session::SessionKind;
use leptos::prelude::*;
use serde_json::{Map, Value};

use crate::components::phone::Phone;
use crate::components::user_agent::device_name;
use crate::i18n::{Messages, field_name, moment, value_name};

/// The order for reading: who, then where, then what was sent and done; keys of machines last, and after them what is not named.
const ORDER: &[&str] = &[
    "user",
    "sessions",
    "messages",
    "notes",
    "consents",
    "privacy_requests",
    "history",
    "given_name",
    "family_name",
    "phone",
    "is_phone_verified",
    "email",
    "locale",
    "roles",
    "at",
    "by",
    "kind",
    "from",
    "to",
    "fields",
    "role",
    "count",
    "state",
    "created_at",
    "finished_at",
    "signed_in_at",
    "last_seen_at",
    "expires_at",
    "id",
];

type Fields = Map<String, Value>;

/// What the parts carry along.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    t: &'static Messages,
    locale: Locale,
}

/// The whole export.
#[component]
pub(crate) fn Held(data: Value, locale: Locale, t: &'static Messages) -> impl IntoView {
    let words = Words { t, locale };
    let none = Fields::new();
    let (parts, facts): (Vec<_>, Vec<_>) =
        in_order(data.as_object().unwrap_or(&none)).into_iter().partition(|(_, value)| value.is_object() || value.is_array());
    let facts = facts.into_iter().map(|(key, value)| {
        view! { <p class="hint">{words.label(key)} ": " {words.value(key, value)}</p> }
    });
    let facts = facts.collect_view();
    let parts = parts.into_iter().map(|(key, value)| {
        let id = format!("data-{key}");
        view! {
            <section class="card data" aria-labelledby=id>
                <h2 id=id.clone()>{words.label(key)}</h2>
                {words.part(key, value)}
            </section>
        }
    });
    view! {
        {facts}
        {parts.collect_view()}
    }
}

fn in_order(fields: &Fields) -> Vec<(&str, &Value)> {
    let mut fields: Vec<_> = fields.iter().map(|(key, value)| (key.as_str(), value)).collect();
    fields.sort_by_key(|(key, _)| ORDER.iter().position(|first| first == key).unwrap_or(ORDER.len()));
    fields
}

/// Fields in fields come up a level. An empty one of those says nothing.
fn flat<'a>(fields: &'a Fields, into: &mut Vec<(&'a str, &'a Value)>) {
    for (key, value) in in_order(fields) {
        match value {
            Value::Object(inner) => {
                let is_told = |(_, value): &(&str, &Value)| !matches!(value, Value::Array(items) if items.is_empty());
                let mut lines = Vec::new();
                flat(inner, &mut lines);
                into.extend(lines.into_iter().filter(is_told));
            }
            _ => into.push((key, value)),
        }
    }
}

impl Words {
    /// In one language.
    pub(crate) const fn new(locale: Locale, t: &'static Messages) -> Self {
        Self { t, locale }
    }

    fn label(self, key: &str) -> AnyView {
        match field_name(key, self.locale) {
            Some(label) => label.into_any(),
            None => view! { <code dir="ltr">{key.to_owned()}</code> }.into_any(),
        }
    }

    fn part(self, part: &str, value: &Value) -> AnyView {
        match value {
            Value::Object(fields) => self.facts(fields, &[]),
            Value::Array(items) if items.iter().any(Value::is_object) => {
                let items = items.iter().map(|item| view! { <li>{self.entry(part, item)}</li> });
                view! { <ul class="entries">{items.collect_view()}</ul> }.into_any()
            }
            _ => view! { <p>{self.value(part, value)}</p> }.into_any(),
        }
    }

    /// One session, message or event: what it is, and below that the rest of it.
    fn entry(self, part: &str, item: &Value) -> AnyView {
        let Some(fields) = item.as_object() else { return self.value(part, item) };
        let (title, told): (_, &[&str]) = match part {
            "sessions" => (Some(self.session(fields)), &["device_name", "is_current"]),
            "messages" => (fields.get("kind").map(|kind| self.value("kind", kind)), &["kind"]),
            "consents" => (fields.get("purpose").map(|purpose| self.value("purpose", purpose)), &["purpose"]),
            "privacy_requests" => (fields.get("kind").map(|kind| self.value("kind", kind)), &["kind"]),
            "history" => (fields.get("action").map(|action| self.value("action", action)), &["action"]),
            _ => (None, &[]),
        };
        view! {
            {title.map(|title| view! { <h3>{title}</h3> })}
            {self.facts(fields, told)}
        }
        .into_any()
    }

    fn session(self, fields: &Fields) -> AnyView {
        let text = |key: &str| fields.get(key).and_then(Value::as_str);
        let kind = text("kind").and_then(SessionKind::parse).unwrap_or(SessionKind::Api);
        let name = device_name(kind, text("device_name"), &self.t.devices);
        let is_current = fields.get("is_current") == Some(&Value::Bool(true));
        let this = is_current.then(|| view! { " " <span class="badge">{self.t.devices.this_device}</span> });
        view! { <bdi dir=self.locale.dir()>{name}</bdi> {this} }.into_any()
    }

    /// All fields but those already `told`.
    pub(crate) fn facts(self, fields: &Fields, told: &[&str]) -> AnyView {
        let mut lines = Vec::new();
        flat(fields, &mut lines);
        let lines = lines.into_iter().filter(|(key, _)| !told.contains(key)).map(|(key, value)| {
            view! {
                <div>
                    <dt>{self.label(key)}</dt>
                    <dd>{self.value(key, value)}</dd>
                </div>
            }
        });
        view! { <dl class="facts">{lines.collect_view()}</dl> }.into_any()
    }

    fn value(self, key: &str, value: &Value) -> AnyView {
        let t = &self.t.account;
        match value {
            Value::Null => self.nothing(),
            Value::Array(items) if items.is_empty() => self.nothing(),
            Value::Bool(true) => t.yes.into_any(),
            Value::Bool(false) => t.no.into_any(),
            Value::Number(number) => view! { <bdi dir="ltr">{number.to_string()}</bdi> }.into_any(),
            Value::String(text) => self.text(key, text),
            Value::Array(items) => {
                let comma = if self.locale == Locale::Ar { "، " } else { ", " };
                let items = items.iter().enumerate().map(|(at, item)| ((at > 0).then_some(comma), self.value(key, item)));
                items.collect_view().into_any()
            }
            Value::Object(_) => view! { <code dir="ltr">{value.to_string()}</code> }.into_any(),
        }
    }

    /// A field says what its text is: a word, a phone, an instant, a machine's key, or what somebody typed.
    fn text(self, key: &str, text: &str) -> AnyView {
        if let Some(word) = value_name(key, text, self.locale) {
            return word.into_any();
        }
        let raw = text.to_owned();
        match key {
            "phone" | "to" | "from" => match PhoneNumber::from_canonical(text) {
                Some(number) => view! { <Phone number=number /> }.into_any(),
                // Already masked, or already written for reading.
                None => view! { <bdi class="phone" dir="ltr">{raw}</bdi> }.into_any(),
            },
            "email" => view! { <bdi dir="ltr">{raw}</bdi> }.into_any(),
            _ if key == "at" || key.ends_with("_at") => match DateTime::parse_from_rfc3339(text) {
                Ok(at) => view! { <time datetime=raw>{moment(at.to_utc(), self.locale)}</time> }.into_any(),
                Err(_) => view! { <bdi>{raw}</bdi> }.into_any(),
            },
            _ if key == "id" || key.ends_with("_id") => view! { <bdi class="key" dir="ltr">{raw}</bdi> }.into_any(),
            _ => view! { <bdi>{raw}</bdi> }.into_any(),
        }
    }

    fn nothing(self) -> AnyView {
        view! { <span class="none">{self.t.account.data_none}</span> }.into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::messages;
    use serde_json::json;

    fn html(data: Value, locale: Locale) -> String {
        Owner::new().with(|| view! { <Held data=data locale=locale t=messages(locale) /> }.to_html())
    }

    #[test]
    fn an_event_reads_as_one_line_after_another_without_nesting() {
        let event = json!({ "at": "2026-11-22T12:12:00Z", "by": "self", "action": "profile_changed", "detail": { "fields": ["given_name", "email"] } });
        let html = html(json!({ "history": [event] }), Locale::En);
        assert!(html.contains("<h3>Details changed</h3>"), "{html}");
        assert_eq!(html.matches("<dl").count(), 1);
        for text in ["What changed", "First name", "E-mail", "You", "Sunday 22 November 2026, 15:12"] {
            assert!(html.contains(text), "{text} in {html}");
        }
    }

    #[test]
    fn a_browser_is_named_as_on_the_list_of_sessions() {
        let agent = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36";
        let session = json!({ "kind": "web", "device_name": agent, "is_current": true });
        let html = html(json!({ "sessions": [session] }), Locale::En);
        assert!(html.contains("Chrome on Android") && html.contains("This device"), "{html}");
        assert!(!html.contains("Mozilla"), "{html}");
    }

    #[test]
    fn what_is_not_known_here_shows_as_it_is() {
        let html = html(json!({ "points": { "tier": "<gold>", "history_of": [{ "a": 1 }] } }), Locale::Ar);
        for text in ["points", "tier", "&lt;gold&gt;", "history_of", "{\"a\":1}"] {
            assert!(html.replace("&quot;", "\"").contains(text), "{text} in {html}");
        }
    }
}
