//! `/admin/users/{id}/sessions`: where somebody is signed in, and ending it.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::permission::Permission;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use crate::components::acts::Act;
use crate::components::notice::Notices;
use crate::components::person::PersonFrame;
use crate::components::user_agent::device_name;
use crate::components::when::When;
use crate::document::{Page, Width, viewer};
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(Path(id): Path<String>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let Ok(id) = id.parse() else { return faults::answer(visit, ErrorCode::NotFound) };
    let found = match visit.web.usecases.read_user(&admin, id).await {
        Ok(found) => found,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let (locale, now) = (visit.locale, visit.web.usecases.clock().now());
    let (t, words, devices) = (&visit.t.admin, &visit.t.admin_person, &visit.t.devices);
    let current = visit.actor.as_ref().map(|actor| actor.session.id);
    let (user, sessions) = (found.user, found.sessions);
    let page = Page {
        width: Width::Full,
        has_error: !flash.faults.is_empty(),
        ..Page::new(format!("{} · {} {}", t.sessions, t.users, user.id.short()))
    };
    visit.render(page, move || {
        let may_end = viewer().may(Permission::PeopleEndSessions);
        let id = user.id.to_string();
        let rows = sessions.into_iter().map(|session| {
            let device = device_name(session.kind, session.device_name.as_deref(), devices);
            let is_current = current == Some(session.id);
            let this = is_current.then(|| view! { " " <span class="badge">{devices.this_device}</span> });
            let label = format!("{}: {device}", devices.end);
            let end = (may_end && !is_current).then(|| {
                view! {
                    <form method="post" action=api::AdminEndSession::PATH>
                        <input type="hidden" name="user" value=id.clone() />
                        <input type="hidden" name="session" value=session.id.to_string() />
                        <button class="button button-quiet" type="submit" aria-label=label>{devices.end}</button>
                    </form>
                }
            });
            view! {
                <li>
                    <div>
                        <h2><bdi dir=locale.dir()>{device}</bdi> {this}</h2>
                        <p>{t.last_seen} ": " <When at=session.last_seen_at now=now locale=locale /></p>
                        <p>{words.signed_in} ": " <When at=session.authenticated_at now=now locale=locale /></p>
                    </div>
                    {end}
                </li>
            }
        });
        let rows: Vec<_> = rows.collect();
        let is_own = viewer().is(user.id);
        let what = if is_own { words.end_all_own } else { words.end_all_what };
        let list = if rows.is_empty() {
            view! { <p class="hint">{t.no_sessions}</p> }.into_any()
        } else {
            let all = may_end.then(|| {
                view! {
                    <Act
                        open=words.end_all_open
                        what=what
                        action=api::AdminEndSessions::PATH
                        user=user.id.to_string()
                        button=words.end_all
                        is_dangerous=true
                    />
                }
            });
            view! { <ul class="card rows">{rows}</ul> {all} }.into_any()
        };
        view! {
            <PersonFrame user=user here="/sessions" locale=locale t=t>
                <Notices flash=flash locale=locale now=now.timestamp() />
                {list}
            </PersonFrame>
        }
    })
}
