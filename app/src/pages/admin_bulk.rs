//! `/admin/bulk/{id}`: asks once more before something is done to many, and then says what became of each.

use axum::extract::Path;
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::error::ErrorCode;
use domain::ids::BulkRunId;
use domain::locale::Locale;
use domain::people::{BulkAct, BulkOutcome, BulkState};
use http::{HeaderName, HeaderValue};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::{BulkPerson, BulkRun};

use crate::components::admin::{Shell, name_beside_phone};
use crate::components::field::Field;
use crate::components::notice::Notices;
use crate::components::phone::Phone;
use crate::components::when::When;
use crate::document::{Page, Width};
use crate::i18n::{Admin, AdminBulk};
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

/// Nothing of JavaScript: the browser asks again by itself.
const REFRESH: (HeaderName, HeaderValue) = (HeaderName::from_static("refresh"), HeaderValue::from_static("5"));

pub(crate) async fn page(Path(id): Path<String>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let Ok(id) = id.parse::<BulkRunId>() else { return faults::answer(visit, ErrorCode::NotFound) };
    let after = visit.query("after").and_then(|place| place.parse().ok()).unwrap_or(-1);
    let run = match visit.web.usecases.read_bulk(&admin, id, after).await {
        Ok(run) => run,
        Err(error) => return faults::of(visit, &error),
    };
    // Whoever reads slowly stops it (WCAG 2.2.1).
    let is_still = visit.query("still").is_some();
    let refreshes = run.state == BulkState::Running && !is_still;
    let flash = visit.take_flash();
    let (locale, now) = (visit.locale, visit.web.usecases.clock().now());
    let (admin_words, t) = (&visit.t.admin, &visit.t.admin_bulk);
    let page = Page { width: Width::Full, has_error: !flash.faults.is_empty(), ..Page::new(t.act_of(run.act)) };
    let mut response = visit.render(page, move || {
        let reason_fault = flash.fault_of("reason", locale, now.timestamp());
        let typed_reason = flash.typed_or("reason", "");
        let here = path::admin_bulk_run(run.id);
        let next = run.next.map(|after| {
            view! { <p><a class="button button-quiet" href=format!("{here}?still=1&after={after}")>{admin_words.next_page}</a></p> }
        });
        let status = match run.state {
            BulkState::Prepared => view! { <Ask run=run.clone() fault=reason_fault typed=typed_reason t=t /> }.into_any(),
            BulkState::Running | BulkState::Finished => {
                view! { <Progress run=run.clone() refreshes=refreshes now=now locale=locale t=t /> }.into_any()
            }
        };
        view! {
            <Shell>
                <p class="crumb"><a href=path::ADMIN_USERS>{t.back}</a></p>
                <h1>{t.act_of(run.act)}</h1>
                <Notices flash=flash locale=locale now=now.timestamp() />
                {status}
                <People people=run.people locale=locale admin=admin_words t=t />
                {next}
            </Shell>
        }
    });
    if refreshes {
        response.headers_mut().extend([REFRESH]);
    }
    response
}

/// What will happen, to how many, who is left out, and the button.
#[component]
fn Ask(run: BulkRun, fault: Option<String>, typed: String, t: &'static AdminBulk) -> impl IntoView {
    let will_be = (t.will_be)(run.count(|outcome| outcome.is_none()));
    let more = run.has_more.then(|| view! { <p class="hint">{t.has_more}</p> });
    let button = if run.act == BulkAct::Export {
        view! { <Files run=run.id t=t /> }.into_any()
    } else if run.is_own {
        let class = if run.act == BulkAct::Block { "button button-danger" } else { "button" };
        let reason = (run.act == BulkAct::Block).then(|| {
            view! { <Field id="reason" label=t.reason hint=t.reason_hint value=typed fault=fault dir="auto" /> }
        });
        view! {
            <form method="post" action=api::AdminStartBulk::PATH>
                <input type="hidden" name="run" value=run.id.to_string() />
                {reason}
                <div class="row">
                    <button class=class type="submit">{t.begin}</button>
                    <a class="button button-quiet" href=path::ADMIN_USERS>{t.back}</a>
                </div>
            </form>
        }
        .into_any()
    } else {
        view! { <p class="hint">{t.not_yours}</p> }.into_any()
    };
    view! {
        <div class="card">
            <p>{t.consequence_of(run.act)}</p>
            <p><strong>{will_be}</strong></p>
            {more}
            <LeftOutOf run=run.clone() t=t />
            {button}
        </div>
    }
}

#[component]
fn Files(run: BulkRunId, t: &'static AdminBulk) -> impl IntoView {
    let file = |kind: &str| format!("{}?kind={kind}&run={run}", path::ADMIN_USERS_FILE);
    view! {
        <p class="row">
            <a class="button" href=file("spreadsheet") download="people.csv">{t.for_spreadsheets}</a>
            <a class="button button-quiet" href=file("raw") download="people.csv">{t.for_programs}</a>
        </p>
    }
}

/// Who is left out, by reason.
#[component]
fn LeftOutOf(run: BulkRun, t: &'static AdminBulk) -> impl IntoView {
    let lines = run.counts.iter().filter_map(|(outcome, people)| match outcome {
        Some(BulkOutcome::Skipped(why)) => Some(view! { <li>{t.reason_of(*why)} ": " {(t.count)(*people)}</li> }),
        _ => None,
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| view! { <h2>{t.left_out}</h2> <ul class="bullets">{lines}</ul> })
}

/// How far it is.
#[component]
fn Progress(run: BulkRun, refreshes: bool, now: DateTime<Utc>, locale: Locale, t: &'static AdminBulk) -> impl IntoView {
    let (total, waiting) = (run.total(), run.count(|outcome| outcome.is_none()));
    let done = run.count(|outcome| outcome == Some(BulkOutcome::Done));
    let failed = run.count(|outcome| outcome == Some(BulkOutcome::Failed));
    let here = path::admin_bulk_run(run.id);
    let refresh = (run.state == BulkState::Running).then(|| {
        let (hint, to, words) =
            if refreshes { (t.refreshes, format!("{here}?still=1"), t.refresh_stop) } else { ("", here.clone(), t.refresh_now) };
        view! {
            <progress max=total value={total - waiting} aria-label=t.people></progress>
            <p class="hint">{hint} " " <a href=to>{words}</a></p>
        }
    });
    let finished = run.finished_at.map(|at| view! { " " <When at=at now=now locale=locale /> });
    view! {
        <div class="card">
            <p role="status"><strong>{t.state_of(run.state)}</strong> {finished}</p>
            {refresh}
            <dl class="person-facts">
                <dt>{t.done}</dt> <dd>{(t.count)(done)}</dd>
                <dt>{t.failed}</dt> <dd>{(t.count)(failed)}</dd>
                <dt>{t.waiting}</dt> <dd>{(t.count)(waiting)}</dd>
            </dl>
            <LeftOutOf run=run.clone() t=t />
        </div>
    }
}

#[component]
fn People(people: Vec<BulkPerson>, locale: Locale, admin: &'static Admin, t: &'static AdminBulk) -> impl IntoView {
    let rows = people.into_iter().map(|person| {
        let (phone, name) = match person.user {
            Some(user) => {
                let name = name_beside_phone(&user, locale);
                let phone = match user.phone.clone() {
                    Some(number) => view! { <Phone number=number /> }.into_any(),
                    None => admin.no_phone.into_any(),
                };
                (view! { <a href=path::admin_user(user.id)>{phone}</a> }.into_any(), name)
            }
            None => (view! { <bdi dir="ltr">{person.id.short()}</bdi> " " {t.gone} }.into_any(), None),
        };
        view! {
            <tr>
                <th scope="row">{phone}</th>
                <td class="people-name"><bdi>{name}</bdi></td>
                <td>{t.outcome_of(person.outcome)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <table class="people">
            <caption>{t.people}</caption>
            <thead>
                <tr>
                    <th scope="col">{admin.phone}</th>
                    <th scope="col">{admin.name}</th>
                    <th scope="col">{t.outcome}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
