//! `/account/data`: everything held about a person, to read; `/account/data.json`: the same to take away.

use axum::response::{IntoResponse, Response};
use chrono::DateTime;
use domain::locale::Locale;
use domain::phone::PhoneNumber;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use leptos::prelude::*;
use serde_json::Value;

use crate::components::phone::Phone;
use crate::document::Page;
use crate::faults;
use crate::i18n::{Account, field_name};
use crate::routes::path;
use crate::visit::Visit;

/// What the recursion carries along.
#[derive(Clone, Copy)]
struct Words {
    t: &'static Account,
    locale: Locale,
}

/// Deeper than any export is; a bound for the recursion.
const MAX_DEPTH: u8 = 8;

pub(crate) async fn page(mut visit: Visit) -> Response {
    let actor = match visit.signed_in() {
        Ok(actor) => actor,
        Err(away) => return *away,
    };
    let data = match visit.web.usecases.export_me(&actor).await {
        Ok(data) => data,
        Err(error) => return faults::of(visit, &error),
    };
    visit.take_flash();
    let t = &visit.t.account;
    let words = Words { t, locale: visit.locale };
    visit.render(Page::new(t.data), move || {
        view! {
            <p class="crumb"><a href=path::ACCOUNT>{t.title}</a></p>
            <h1>{t.data}</h1>
            <p class="lead">{t.data_page_lead}</p>
            <p><a class="button" href=path::ACCOUNT_DATA_FILE download="salon.json">{t.data_download}</a></p>
            <div class="card data">{show(&data, words, 0)}</div>
        }
    })
}

pub(crate) async fn file(visit: Visit) -> Response {
    let actor = match visit.signed_in() {
        Ok(actor) => actor,
        Err(away) => return *away,
    };
    match visit.web.usecases.export_me(&actor).await {
        Ok(data) => {
            let headers = [
                (CONTENT_TYPE, "application/json"),
                (CONTENT_DISPOSITION, "attachment; filename=\"salon.json\""),
                (CACHE_CONTROL, "no-store"),
            ];
            (headers, format!("{data:#}")).into_response()
        }
        Err(error) => faults::of(visit, &error),
    }
}

/// The order for reading: who, then where, then what was sent and done. What is not named comes after.
const ORDER: [&str; 4] = ["user", "sessions", "messages", "history"];

fn show(value: &Value, words: Words, depth: u8) -> AnyView {
    let t = words.t;
    match value {
        _ if depth > MAX_DEPTH => view! { <bdi>{value.to_string()}</bdi> }.into_any(),
        Value::Null => nothing(t),
        Value::Bool(true) => t.yes.into_any(),
        Value::Bool(false) => t.no.into_any(),
        Value::Number(number) => view! { <bdi dir="ltr">{number.to_string()}</bdi> }.into_any(),
        Value::String(text) => show_text(text),
        Value::Array(items) if items.is_empty() => nothing(t),
        Value::Array(items) => {
            let items = items.iter().map(|item| view! { <li>{show(item, words, depth + 1)}</li> }).collect_view();
            view! { <ol>{items}</ol> }.into_any()
        }
        Value::Object(fields) if fields.is_empty() => nothing(t),
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| ORDER.iter().position(|first| first == name).unwrap_or(ORDER.len()));
            let fields = fields.into_iter().map(|(name, value)| {
                let label = match field_name(name, words.locale) {
                    Some(label) => label.into_any(),
                    None => view! { <code dir="ltr">{name.clone()}</code> }.into_any(),
                };
                view! {
                    <div>
                        <dt>{label}</dt>
                        <dd>{show(value, words, depth + 1)}</dd>
                    </div>
                }
            });
            view! { <dl>{fields.collect_view()}</dl> }.into_any()
        }
    }
}

/// Phones as phones, instants without what only machines read, the rest as it is.
fn show_text(text: &str) -> AnyView {
    if let Some(number) = PhoneNumber::from_canonical(text) {
        return view! { <Phone number=number /> }.into_any();
    }
    match DateTime::parse_from_rfc3339(text) {
        Ok(at) => view! { <time dir="ltr" datetime=text.to_owned()>{at.format("%Y-%m-%d %H:%M").to_string()}</time> }.into_any(),
        Err(_) => view! { <bdi>{text.to_owned()}</bdi> }.into_any(),
    }
}

fn nothing(t: &'static Account) -> AnyView {
    view! { <span class="none">{t.data_none}</span> }.into_any()
}
