//! `/admin/users/{id}`: one person, to read.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use leptos::prelude::*;

use crate::components::admin::{Badges, Shell, Verified, name_beside_phone};
use crate::components::phone::Phone;
use crate::components::user_agent::device_name;
use crate::components::when::When;
use crate::document::{Page, Width};
use crate::faults;
use crate::routes::path;
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
    let short_id = user.id.short();
    let name = name_beside_phone(&user, locale);
    // The title is read by people and kept by browsers: it names without a phone.
    let page = Page { width: Width::Full, ..Page::new(format!("{} {short_id}", t.users)) };
    visit.render(page, move || {
        let phone = match user.phone.clone() {
            Some(number) => view! { <Phone number=number /> }.into_any(),
            None => t.no_phone.into_any(),
        };
        let (head, second) = match name {
            Some(name) => (view! { <bdi>{name}</bdi> }.into_any(), phone),
            None => (phone, view! { <span class="quiet">{t.no_name}</span> }.into_any()),
        };
        let roles =
            user.roles.iter().map(|role| view! { " " <span class="badge badge-quiet">{t.role(*role)}</span> }).collect_view();
        let seen = match user.last_seen_at {
            Some(at) => view! { <When at=at now=now locale=locale /> }.into_any(),
            None => t.never.into_any(),
        };
        let email = user.email.clone().map(|email| view! { <dt>{t.email}</dt> <dd><bdi dir="ltr">{email}</bdi></dd> });
        let rows = sessions.into_iter().map(|session| {
            let device = device_name(session.kind, session.device_name.as_deref(), devices);
            view! {
                <li>
                    <div>
                        <h3><bdi dir=locale.dir()>{device}</bdi></h3>
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
        let (is_verified, joined, origin) = (user.is_phone_verified, user.created_at, t.origin_of(user.origin));
        view! {
            <Shell here=path::ADMIN_USERS t=t>
                <p class="crumb"><a href=path::ADMIN_USERS>{t.users}</a></p>
                <h1>{head}</h1>
                <p class="lead">{second}</p>
                <p><Verified is_verified=is_verified t=t /> " " <Badges user=user t=t /> {roles}</p>
                <h2>{t.identity}</h2>
                <dl class="person-facts">
                    <dt>{t.short_id}</dt> <dd><bdi dir="ltr">{short_id}</bdi></dd>
                    {email}
                    <dt>{t.origin}</dt> <dd>{origin}</dd>
                    <dt>{t.joined}</dt> <dd><When at=joined now=now locale=locale /></dd>
                    <dt>{t.last_seen}</dt> <dd>{seen}</dd>
                </dl>
                <h2>{t.sessions}</h2>
                {sessions}
            </Shell>
        }
    })
}
