//! `/admin/users/{id}/export`: says what a copy of somebody's data is, and that taking one is written down; `…/read` shows it, and
//! `….json` is the file.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use domain::error::ErrorCode;
use domain::user::User;
use http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use leptos::prelude::*;
use serde_json::Value;
use usecases::Error;

use crate::components::admin::Shell;
use crate::components::held::Held;
use crate::components::person::PersonFrame;
use crate::components::phone::Phone;
use crate::document::{Page, Width};
use crate::faults;
use crate::routes::path;
use crate::visit::{Visit, show_factor_and_back};

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
    let (locale, m) = (visit.locale, visit.t);
    let t = &m.admin_privacy;
    let page = Page { width: Width::Full, ..Page::new(format!("{} {}", t.export, user.id.short())) };
    visit.render(page, move || {
        let (read, file) =
            (format!("{}/read", path::admin_user_export(user.id)), format!("{}.json", path::admin_user_export(user.id)));
        let points = t.export_points.iter().map(|point| view! { <li>{*point}</li> }).collect_view();
        view! {
            <PersonFrame user=user here="/privacy" locale=locale t=&m.admin>
                <section class="card" aria-labelledby="export">
                    <h2 id="export">{t.export}</h2>
                    <p>{t.export_lead}</p>
                    <ul class="bullets">{points}</ul>
                    <p class="row">
                        <a class="button" href=read>{t.export_read}</a>
                        <a class="button button-quiet" href=file>{t.export_file}</a>
                    </p>
                </section>
            </PersonFrame>
        }
    })
}

pub(crate) async fn read(Path(id): Path<String>, visit: Visit) -> Response {
    let (user, data) = match take(&id, &visit).await {
        Ok(taken) => taken,
        Err(away) => return *away,
    };
    let (locale, m) = (visit.locale, visit.t);
    let t = &m.admin_privacy;
    let page = Page { width: Width::Full, ..Page::new(format!("{} {}", t.export, user.id.short())) };
    visit.render(page, move || {
        let back = path::admin_user_export(user.id);
        let who = match user.phone {
            Some(number) => view! { <Phone number=number /> }.into_any(),
            None => view! { <bdi dir="ltr">{user.id.short()}</bdi> }.into_any(),
        };
        view! {
            <Shell here=path::ADMIN_USERS t=&m.admin>
                <p class="crumb"><a href=back>{t.export}</a></p>
                <h1>{t.export_of} " " {who}</h1>
                <Held data=data locale=locale t=m />
            </Shell>
        }
    })
}

pub(crate) async fn file(Path(id): Path<String>, visit: Visit) -> Response {
    match take(&id, &visit).await {
        Ok((user, data)) => {
            // Named by the short id: a download's name ends up in lists that others see.
            let name = format!("attachment; filename=\"salon-{}.json\"", user.id.short());
            let headers = [
                (CONTENT_TYPE, "application/json".to_owned()),
                (CONTENT_DISPOSITION, name),
                (CACHE_CONTROL, "no-store".to_owned()),
            ];
            (headers, format!("{data:#}")).into_response()
        }
        Err(away) => *away,
    }
}

async fn take(id: &str, visit: &Visit) -> Result<(User, Value), Box<Response>> {
    let admin = visit.admin()?;
    let Ok(id) = id.parse() else { return Err(Box::new(faults::answer(visit.clone(), ErrorCode::NotFound))) };
    visit.web.usecases.export_person(&admin, id).await.map_err(|error| {
        Box::new(match error {
            // Back to the page with the two ways: a file that comes by itself after a code would be a surprise.
            Error::StepUpRequired => visit.see(&show_factor_and_back(&path::admin_user_export(id))),
            error => faults::of(visit.clone(), &error),
        })
    })
}
