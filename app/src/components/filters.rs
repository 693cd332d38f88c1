//! What a list of the admin is narrowed down by: everything is in the address, and the form is a plain GET.

use std::collections::HashMap;

use axum::extract::Query;
use leptos::prelude::*;

use crate::visit::query_value;

/// The values of an address that mean something on its page.
#[derive(Clone)]
pub(crate) struct Asked {
    path: &'static str,
    values: Vec<(&'static str, String)>,
}

impl Asked {
    /// What `address` asks of the list at `path`.
    pub(crate) fn of(address: &str, path: &'static str, names: impl IntoIterator<Item = &'static str>) -> Self {
        let uri = address.parse().unwrap_or_default();
        let Query(mut all) = Query::<HashMap<String, String>>::try_from_uri(&uri).unwrap_or_default();
        let values = names.into_iter().filter_map(|name| Some((name, all.remove(name).filter(|value| !value.is_empty())?)));
        Self { path, values: values.collect() }
    }

    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }

    /// As it stands in a field again.
    pub(crate) fn text(&self, name: &str) -> String {
        self.value(name).unwrap_or_default().to_owned()
    }

    /// Whether anything is narrowed down.
    pub(crate) fn is_anything(&self) -> bool {
        self.is_anything_but(&[])
    }

    /// Whether anything is narrowed down by other values than these.
    pub(crate) fn is_anything_but(&self, names: &[&str]) -> bool {
        self.values.iter().any(|(name, _)| *name != "after" && !names.contains(name))
    }

    /// The same list from another place on.
    pub(crate) fn address(&self, after: Option<&str>) -> String {
        let kept = self.values.iter().filter(|(name, _)| *name != "after").map(|(name, value)| (*name, value.as_str()));
        let pairs: Vec<_> =
            kept.chain(after.map(|id| ("after", id))).map(|(name, value)| format!("{name}={}", query_value(value))).collect();
        if pairs.is_empty() { self.path.to_owned() } else { format!("{}?{}", self.path, pairs.join("&")) }
    }
}

/// One of several, or any.
#[component]
pub(crate) fn Choose(
    name: &'static str,
    label: &'static str,
    options: Vec<(&'static str, &'static str)>,
    chosen: String,
) -> impl IntoView {
    let options = options.into_iter().map(|(value, words)| {
        let is_chosen = value == chosen;
        view! { <option value=value selected=is_chosen>{words}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <select id=name name=name>{options}</select>
        </div>
    }
}

/// A day of Riyadh.
#[component]
pub(crate) fn Day(name: &'static str, #[prop(into)] label: String, value: String) -> impl IntoView {
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input id=name name=name type="date" value=value />
        </div>
    }
}

/// Anything that is typed, with what is wrong with it.
#[component]
pub(crate) fn Typed(name: &'static str, label: &'static str, value: String, fault: Option<&'static str>) -> impl IntoView {
    let error_id = format!("{name}-error");
    let described = fault.is_some().then(|| error_id.clone());
    let invalid = fault.is_some().then_some("true");
    view! {
        <div class="field">
            <label for=name>{label}</label>
            <input id=name name=name type="text" dir="auto" autocomplete="off" spellcheck="false" value=value aria-describedby=described aria-invalid=invalid />
            {fault.map(|fault| view! { <p class="field-error" id=error_id>{fault}</p> })}
        </div>
    }
}

/// The way to the next page, and back to the first.
#[component]
pub(crate) fn Pages(asked: Asked, next: Option<String>, next_label: &'static str, first_label: &'static str) -> impl IntoView {
    let first = asked.value("after").is_some().then(|| {
        view! { <a class="button button-quiet" href=asked.address(None)>{first_label}</a> }
    });
    let next = next.map(|after| view! { <a class="button button-quiet" href=asked.address(Some(&after))>{next_label}</a> });
    view! { <p class="row">{first} {next}</p> }
}
