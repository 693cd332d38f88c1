//! `/admin/users/{id}/sessions`: where somebody is signed in.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use leptos::prelude::*;

use crate::components::person::PersonFrame;
use crate::components::user_agent::device_name;
use crate::components::when::When;
use crate::document::{Page, Width};
use crate::faults;
use crate::visit::Visit;

pub(crate) async fn page(Path(id): Path<String>, visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let Ok(id) = id.parse() else { return faults::answer(visit, ErrorCode::NotFound) };
    let found = match visit.web.usecases.read_user(&admin, id).await {
        Ok(found) => found,
        Err(error) => return faults::of(visit, &error),
    };
    let (locale, now) = (visit.locale, visit.web.usecases.clock().now());
    let (t, devices) = (&visit.t.admin, &visit.t.devices);
    let (user, sessions) = (found.user, found.sessions);
    let page = Page { width: Width::Full, ..Page::new(format!("{} · {} {}", t.sessions, t.users, user.id.short())) };
    visit.render(page, move || {
        let rows = sessions.into_iter().map(|session| {
            let device = device_name(session.kind, session.device_name.as_deref(), devices);
            view! {
                <li>
                    <div>
                        <h2><bdi dir=locale.dir()>{device}</bdi></h2>
                        <p>{t.last_seen} ": " <When at=session.last_seen_at now=now locale=locale /></p>
                    </div>
                </li>
            }
        });
        let rows: Vec<_> = rows.collect();
        let sessions = if rows.is_empty() {
            view! { <p class="hint">{t.no_sessions}</p> }.into_any()
        } else {
            view! { <ul class="card rows">{rows}</ul> }.into_any()
        };
        view! {
            <PersonFrame user=user here="/sessions" locale=locale t=t>
                {sessions}
            </PersonFrame>
        }
    })
}
