//! A request about somebody's data: how it stands, in words.

use chrono::{DateTime, Utc};
use domain::locale::Locale;
use domain::privacy_request::{PrivacyRequest, RequestState};
use domain::user::UserOrigin;
use leptos::prelude::*;

use crate::i18n::{Privacy, moment};

/// Where it stands, as a badge; that it is late stands beside it in words, and not in a colour alone.
#[component]
pub(crate) fn Standing(request: PrivacyRequest, now: DateTime<Utc>, t: &'static Privacy) -> impl IntoView {
    let class = match request.state {
        RequestState::Open | RequestState::InProgress | RequestState::Done => "badge",
        RequestState::Refused | RequestState::Withdrawn => "badge badge-quiet",
    };
    let late = request.is_overdue(now).then(|| view! { " " <span class="badge badge-danger">{t.overdue}</span> });
    view! { <span class=class>{t.state_of(request.state)}</span> {late} }
}

/// Its days and its reasons, as far as there are any.
#[component]
pub(crate) fn RequestFacts(request: PrivacyRequest, now: DateTime<Utc>, locale: Locale, t: &'static Privacy) -> impl IntoView {
    let text = |label: &'static str, text: Option<String>| text.map(|text| view! { <dt>{label}</dt> <dd><bdi>{text}</bdi></dd> });
    let by = (request.opened_by == UserOrigin::Staff).then(|| view! { " · " {t.by_staff} });
    let until = match request.closed_at {
        Some(at) => view! { <dt>{t.closed}</dt> <dd>{moment(at, locale)}</dd> }.into_any(),
        None => view! {
            <dt>{t.due}</dt> <dd>{moment(request.due_at, locale)} " · " <strong>{t.days(request.days_left(now), locale)}</strong></dd>
        }
        .into_any(),
    };
    view! {
        <dl class="person-facts">
            <dt>{t.opened}</dt> <dd>{moment(request.opened_at, locale)} {by}</dd>
            {until}
            {text(t.said, request.said)}
            {text(t.why_longer, request.extension_reason)}
            {text(t.why_refused, request.refusal_reason)}
        </dl>
    }
}
