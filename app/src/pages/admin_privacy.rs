//! `/admin/privacy`: the requests of everybody, the most pressing first; `/admin/privacy/{id}`: one of them, and what can be done.

use axum::extract::Path;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::error::ErrorCode;
use domain::locale::Locale;
use domain::privacy_request::RequestKind;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::{AdminAct, Queued};

use crate::components::admin::{Shell, name_beside_phone};
use crate::components::notice::Notices;
use crate::components::phone::Phone;
use crate::components::privacy_request::{RequestFacts, Standing};
use crate::components::text_area::TextArea;
use crate::document::{Page, Width};
use crate::flow::Flash;
use crate::i18n::{Messages, moment};
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn list(visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let is_closed = visit.query("state").as_deref() == Some("closed");
    let after = visit.query("after").and_then(|id| id.parse().ok());
    let uc = &visit.web.usecases;
    let found = if is_closed {
        uc.list_closed_requests(&admin).await.map(|items| (items, None))
    } else {
        uc.list_requests(&admin, after).await.map(|page| (page.items, page.next))
    };
    let (items, next) = match found {
        Ok(found) => found,
        Err(error) => return faults::of(visit, &error),
    };
    let (locale, now, m) = (visit.locale, visit.web.usecases.clock().now(), visit.t);
    let (t, common) = (&m.admin_privacy, &m.admin);
    visit.render(Page { width: Width::Full, ..Page::new(t.title) }, move || {
        let closed = format!("{}?state=closed", path::ADMIN_PRIVACY);
        let current = |is_here: bool| is_here.then_some("page");
        let table = if items.is_empty() {
            let text = if is_closed { t.none_closed } else { t.none_open };
            view! { <div class="card nobody"><p>{text}</p></div> }.into_any()
        } else {
            view! { <Table items=items now=now locale=locale m=m /> }.into_any()
        };
        let next = next.map(|next| {
            view! { <p><a class="button button-quiet" href=format!("{}?after={next}", path::ADMIN_PRIVACY)>{common.next_page}</a></p> }
        });
        view! {
            <Shell>
                <h1>{t.title}</h1>
                <p class="lead">{t.lead}</p>
                <nav class="tabs" aria-label=t.title>
                    <ul>
                        <li><a href=path::ADMIN_PRIVACY aria-current=current(!is_closed)>{t.open}</a></li>
                        <li><a href=closed aria-current=current(is_closed)>{t.closed}</a></li>
                    </ul>
                </nav>
                {table}
                {next}
            </Shell>
        }
    })
}

#[component]
fn Table(items: Vec<Queued>, now: DateTime<Utc>, locale: Locale, m: &'static Messages) -> impl IntoView {
    let (t, words) = (&m.admin_privacy, &m.privacy);
    let rows = items.into_iter().map(|queued| view! { <Row queued=queued now=now locale=locale m=m /> }).collect_view();
    view! {
        <table class="people">
            <thead>
                <tr>
                    <th scope="col">{words.kind}</th>
                    <th scope="col">{t.person}</th>
                    <th scope="col">{words.state}</th>
                    <th scope="col">{t.time_left}</th>
                    <th scope="col">{words.due}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

#[component]
fn Row(queued: Queued, now: DateTime<Utc>, locale: Locale, m: &'static Messages) -> impl IntoView {
    let words = &m.privacy;
    let Queued { request, user } = queued;
    let who = match (name_beside_phone(&user, locale), user.phone) {
        (Some(name), _) => view! { <bdi>{name}</bdi> }.into_any(),
        (None, Some(number)) => view! { <Phone number=number /> }.into_any(),
        (None, None) => m.admin.no_phone.into_any(),
    };
    let left = match request.closed_at {
        Some(at) => moment(at, locale),
        None => words.days(request.days_left(now), locale),
    };
    let (to, due) = (path::admin_request(request.id), moment(request.due_at, locale));
    view! {
        <tr>
            <th scope="row"><a href=to>{words.kind_of(request.kind).0}</a></th>
            <td class="people-name">{who}</td>
            <td><Standing request=request now=now t=words /></td>
            <td>{left}</td>
            <td data-label=words.due>{due}</td>
        </tr>
    }
}

pub(crate) async fn one(Path(id): Path<String>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let Ok(id) = id.parse() else { return faults::answer(visit, ErrorCode::NotFound) };
    let queued = match visit.web.usecases.read_request(&admin, id).await {
        Ok(queued) => queued,
        Err(error) => return faults::of(visit, &error),
    };
    let (locale, now, m, seconds) = (visit.locale, visit.web.usecases.clock().now(), visit.t, visit.now_s());
    let flash = visit.take_flash();
    let page = Page { has_error: !flash.faults.is_empty(), width: Width::Full, ..Page::new(m.admin_privacy.title) };
    visit.render(page, move || {
        let (t, words) = (&m.admin_privacy, &m.privacy);
        let Queued { request, user } = queued;
        let person = path::admin_user(user.id);
        let who = match (name_beside_phone(&user, locale), user.phone) {
            (name, Some(number)) => view! { <bdi>{name}</bdi> " " <Phone number=number /> }.into_any(),
            (name, None) => view! { <bdi>{name.unwrap_or_else(|| m.admin.no_phone.to_owned())}</bdi> }.into_any(),
        };
        let note = request.note.clone().map(|note| view! { <p>{t.note} ": " <bdi>{note}</bdi></p> });
        let (kind, meaning) = words.kind_of(request.kind);
        let acts: Vec<_> = AdminAct::ALL
            .into_iter()
            .filter(|act| act.fits(&request, now))
            .map(|act| view! { <Act act=act id=request.id.to_string() flash=flash.clone() locale=locale now=seconds m=m /> })
            .collect();
        let by_erasing = request.kind == RequestKind::Erasure && !request.state.is_closed();
        let by_erasing = by_erasing.then(|| {
            view! { <p>{t.finish_by_erasing} " " <a href=path::admin_user_erase(user.id)>{t.erase}</a></p> }
        });
        let export = (request.kind == RequestKind::Access && !request.state.is_closed())
            .then(|| view! { <p><a href=path::admin_user_export(user.id)>{t.export}</a></p> });
        let nothing = acts.is_empty().then(|| view! { <p class="hint">{t.nothing_to_do}</p> });
        view! {
            <Shell>
                <p class="crumb"><a href=path::ADMIN_PRIVACY>{t.title}</a></p>
                <h1>{kind}</h1>
                <p class="lead">{meaning}</p>
                <Notices flash=flash.clone() locale=locale now=seconds />
                <p>{who} " · " <a href=person>{t.person_page}</a></p>
                <p><Standing request=request.clone() now=now t=words /></p>
                <RequestFacts request=request now=now locale=locale t=words />
                {note}
                {export}
                {by_erasing}
                {nothing}
                <div class="act-cards">{acts}</div>
            </Shell>
        }
    })
}

/// One thing that can be done, and what that means.
#[component]
fn Act(act: AdminAct, id: String, flash: Flash, locale: Locale, now: i64, m: &'static Messages) -> impl IntoView {
    let t = &m.admin_privacy;
    let (label, what) = match act {
        AdminAct::Start => (t.start, t.start_what),
        AdminAct::Finish => (t.finish, t.finish_what),
        AdminAct::Refuse => (t.refuse, t.refuse_what),
        AdminAct::Extend => (t.extend, t.extend_what),
    };
    let field = format!("reason-{}", act.as_str());
    let reason = act.needs_reason().then(|| {
        let (value, fault) = (flash.typed_or(&field, ""), flash.fault_of(&field, locale, now));
        view! { <TextArea id=field name="reason" label=t.reason hint=t.reason_hint value=value fault=fault /> }
    });
    let class = if act == AdminAct::Refuse { "button button-danger" } else { "button" };
    view! {
        <form class="card" method="post" action=api::AdminActOnRequest::PATH>
            <input type="hidden" name="id" value=id />
            <p>{what}</p>
            {reason}
            <button class=class type="submit" name="act" value=act.as_str()>{label}</button>
        </form>
    }
}
