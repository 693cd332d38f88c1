//! An instant as people say it.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::locale::Locale;
use leptos::prelude::*;

use crate::i18n::{ago, moment};

/// How long ago; the day and the hour in Riyadh as its title, the instant itself for machines.
#[component]
pub(crate) fn When(at: DateTime<Utc>, now: DateTime<Utc>, locale: Locale) -> impl IntoView {
    let seconds = u64::try_from((now - at).num_seconds()).unwrap_or(0);
    view! { <time datetime=at.to_rfc3339_opts(SecondsFormat::Secs, true) title=moment(at, locale)>{ago(seconds, locale)}</time> }
}
