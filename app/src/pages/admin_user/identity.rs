//! `/admin/users/{id}`: who somebody is, and what can be done about it.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::permission::Permission;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::acts::{Block, Details, Roles};
use crate::components::notice::Notices;
use crate::components::person::PersonFrame;
use crate::components::when::When;
use crate::document::{Page, Width, viewer};
use crate::flow::News;
use crate::routes::path;
use crate::visit::Visit;
use crate::{api, faults};

pub(crate) async fn page(Path(id): Path<String>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let Ok(id) = id.parse() else { return faults::answer(visit, ErrorCode::NotFound) };
    let user = match visit.web.usecases.read_user(&admin, id).await {
        Ok(found) => found.user,
        Err(error) => return faults::of(visit, &error),
    };
    let flash = visit.take_flash();
    let waits = match visit.web.usecases.read_phone_move(&admin, id).await {
        Ok(found) => found.last.is_some_and(|last| last.is_open(visit.web.usecases.clock().now())),
        Err(error) => return faults::of(visit, &error),
    };
    let (may_change, moves) = (admin.require(Permission::PeopleChangePhone).is_ok(), &visit.t.phone_moves);
    let (locale, now) = (visit.locale, visit.web.usecases.clock().now());
    let (t, messages, here) = (&visit.t.admin, visit.t, visit.here.clone());
    let short_id = user.id.short();
    // The title is read by people and kept by browsers: it names without a phone.
    let page = Page {
        width: Width::Full,
        has_main_form: true,
        has_error: !flash.faults.is_empty(),
        ..Page::new(format!("{} {short_id}", t.users))
    };
    visit.render(page, move || {
        let seen = match user.last_seen_at {
            Some(at) => view! { <When at=at now=now locale=locale /> }.into_any(),
            None => t.never.into_any(),
        };
        let email = user.email.clone().map(|email| view! { <dt>{t.email}</dt> <dd><bdi dir="ltr">{email}</bdi></dd> });
        let (joined, origin) = (user.created_at, t.origin_of(user.origin));
        let undo = (flash.news == Some(News::PersonBlocked)).then(|| {
            view! {
                <form class="undo" method="post" action=api::AdminUnblock::PATH>
                    <input type="hidden" name="user" value=user.id.to_string() />
                    <button class="button button-quiet" type="submit">{messages.admin_person.undo}</button>
                </form>
            }
        });
        let is_own = viewer().is(user.id);
        let seconds = now.timestamp();
        let change = may_change.then(|| {
            let waits = waits.then(|| view! { <p class="news">{moves.waiting}</p> });
            view! { {waits} <p><a class="button button-quiet" href=path::admin_user_phone(user.id)>{moves.title}</a></p> }
        });
        view! {
            <PersonFrame user=user.clone() here="" locale=locale t=t>
                <Notices flash=flash.clone() locale=locale now=seconds />
                {undo}
                <dl class="person-facts">
                    <dt>{t.short_id}</dt> <dd><bdi dir="ltr">{short_id}</bdi></dd>
                    {email}
                    <dt>{t.origin}</dt> <dd>{origin}</dd>
                    <dt>{t.joined}</dt> <dd><When at=joined now=now locale=locale /></dd>
                    <dt>{t.last_seen}</dt> <dd>{seen}</dd>
                </dl>
                {change}
                <div class="acts">
                    <Details user=user.clone() flash=flash.clone() here=here locale=locale now=seconds t=messages />
                    <Roles user=user.clone() t=messages />
                    <Block user=user is_own=is_own flash=flash locale=locale now=seconds t=messages />
                </div>
            </PersonFrame>
        }
    })
}
