//! `/admin/users/{id}`: who somebody is.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::permission::Permission;
use leptos::prelude::*;

use crate::components::person::PersonFrame;
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
    let user = match visit.web.usecases.read_user(&admin, id).await {
        Ok(found) => found.user,
        Err(error) => return faults::of(visit, &error),
    };
    let waits = match visit.web.usecases.read_phone_move(&admin, id).await {
        Ok(found) => found.last.is_some_and(|last| last.is_open(visit.web.usecases.clock().now())),
        Err(error) => return faults::of(visit, &error),
    };
    let (may_change, moves) = (admin.require(Permission::PeopleChangePhone).is_ok(), &visit.t.phone_moves);
    let (locale, now) = (visit.locale, visit.web.usecases.clock().now());
    let t = &visit.t.admin;
    let short_id = user.id.short();
    // The title is read by people and kept by browsers: it names without a phone.
    let page = Page { width: Width::Full, ..Page::new(format!("{} {short_id}", t.users)) };
    visit.render(page, move || {
        let seen = match user.last_seen_at {
            Some(at) => view! { <When at=at now=now locale=locale /> }.into_any(),
            None => t.never.into_any(),
        };
        let email = user.email.clone().map(|email| view! { <dt>{t.email}</dt> <dd><bdi dir="ltr">{email}</bdi></dd> });
        let (joined, origin) = (user.created_at, t.origin_of(user.origin));
        let change = may_change.then(|| {
            let waits = waits.then(|| view! { <p class="news">{moves.waiting}</p> });
            view! { {waits} <p><a class="button button-quiet" href=path::admin_user_phone(user.id)>{moves.title}</a></p> }
        });
        view! {
            <PersonFrame user=user here="" locale=locale t=t>
                <dl class="person-facts">
                    <dt>{t.short_id}</dt> <dd><bdi dir="ltr">{short_id}</bdi></dd>
                    {email}
                    <dt>{t.origin}</dt> <dd>{origin}</dd>
                    <dt>{t.joined}</dt> <dd><When at=joined now=now locale=locale /></dd>
                    <dt>{t.last_seen}</dt> <dd>{seen}</dd>
                </dl>
                {change}
            </PersonFrame>
        }
    })
}
