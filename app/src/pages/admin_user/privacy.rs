//! `/admin/users/{id}/privacy`: what somebody asked about their data, and the ways to a copy of it and to its end.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::locale::Locale;
use domain::privacy_request::RequestKind;
use domain::user::{User, UserStatus};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::components::notice::Notices;
use crate::components::person::PersonFrame;
use crate::components::privacy_request::{RequestFacts, Standing};
use crate::components::text_area::TextArea;
use crate::document::{Page, Width};
use crate::flow::Flash;
use crate::i18n::Messages;
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(Path(id): Path<String>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let Ok(id) = id.parse() else { return faults::answer(visit, ErrorCode::NotFound) };
    let uc = &visit.web.usecases;
    let (user, requests) = match (uc.read_user(&admin, id).await, uc.list_requests_of(&admin, id).await) {
        (Ok(found), Ok(requests)) => (found.user, requests),
        (Err(error), _) | (_, Err(error)) => return faults::of(visit, &error),
    };
    let (locale, clock, now, m) = (visit.locale, visit.web.usecases.clock().now(), visit.now_s(), visit.t);
    let words = &m.privacy;
    let flash = visit.take_flash();
    let title = format!("{} · {} {}", m.admin.privacy, m.admin.users, user.id.short());
    let page = Page { has_error: !flash.faults.is_empty(), width: Width::Full, ..Page::new(title) };
    visit.render(page, move || {
        let rows = requests.into_iter().map(|request| {
            let to = path::admin_request(request.id);
            view! {
                <section class="card">
                    <h2>
                        <a href=to>{words.kind_of(request.kind).0}</a> " " <Standing request=request.clone() now=clock t=words />
                    </h2>
                    <RequestFacts request=request now=clock locale=locale t=words />
                </section>
            }
        });
        let rows: Vec<_> = rows.collect();
        let rows = if rows.is_empty() { view! { <p class="hint">{words.none}</p> }.into_any() } else { rows.into_any() };
        let is_there = user.status != UserStatus::Erased;
        let ways = is_there.then(|| view! { <Ways user=user.clone() flash=flash.clone() locale=locale now=now m=m /> });
        view! {
            <PersonFrame user=user here="/privacy" locale=locale t=&m.admin>
                <Notices flash=flash locale=locale now=now />
                {rows}
                {ways}
            </PersonFrame>
        }
    })
}

/// What can be done for somebody who is still there.
#[component]
fn Ways(user: User, flash: Flash, locale: Locale, now: i64, m: &'static Messages) -> impl IntoView {
    let (t, words) = (&m.admin_privacy, &m.privacy);
    let kinds = RequestKind::ALL.into_iter().map(|kind| {
        let is_first = kind == RequestKind::Access;
        view! {
            <label class="choice">
                <input type="radio" name="kind" value=kind.as_str() checked=is_first />
                <span>{words.kind_of(kind).0}</span>
            </label>
        }
    });
    let (export, erase) = (path::admin_user_export(user.id), path::admin_user_erase(user.id));
    view! {
        <p class="row">
            <a class="button button-quiet" href=export>{t.export}</a>
            <a class="button button-danger" href=erase>{t.erase}</a>
        </p>
        <section class="card" aria-labelledby="open-for">
            <h2 id="open-for">{t.open_for}</h2>
            <p>{t.open_for_lead}</p>
            <form method="post" action=api::AdminOpenRequest::PATH>
                <input type="hidden" name="user" value=user.id.to_string() />
                <fieldset class="choices">
                    <legend>{words.kind}</legend>
                    {kinds.collect_view()}
                </fieldset>
                <TextArea
                    id="note"
                    name="note"
                    label=t.note
                    hint=t.note_hint
                    note=m.common.optional
                    value=flash.typed_or("note", "")
                    fault=flash.fault_of("note", locale, now)
                />
                <button class="button" type="submit">{t.record}</button>
            </form>
        </section>
    }
}
