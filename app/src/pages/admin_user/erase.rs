//! `/admin/users/{id}/erase`: says what goes and what stays, and asks for the short id.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use usecases::Error;

use crate::components::admin::Shell;
use crate::components::field::Field;
use crate::components::notice::Notices;
use crate::components::person::PersonFrame;
use crate::document::{Page, Width};
use crate::routes::path;
use crate::visit::{Visit, show_factor_and_back};
use crate::{api, faults};

pub(crate) async fn page(Path(id): Path<String>, mut visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let Ok(id) = id.parse() else { return faults::answer(visit, ErrorCode::NotFound) };
    let user = match visit.web.usecases.find_erasable(&admin, id).await {
        Ok(user) => user,
        Err(Error::StepUpRequired) => return visit.see(&show_factor_and_back(&visit.here)),
        Err(Error::Conflict) => return not_here(visit),
        Err(error) => return faults::of(visit, &error),
    };
    let (locale, now, m) = (visit.locale, visit.now_s(), visit.t);
    let t = &m.admin_privacy;
    let flash = visit.take_flash();
    let page = Page { has_error: !flash.faults.is_empty(), width: Width::Full, ..Page::new(t.erase_title) };
    visit.render(page, move || {
        let list = |points: &'static [&'static str]| points.iter().map(|point| view! { <li>{*point}</li> }).collect_view();
        let (short, back) = (user.id.short(), format!("{}/privacy", path::admin_user(user.id)));
        let (hint, id) = ((t.erase_confirm_hint)(&short), user.id.to_string());
        view! {
            <PersonFrame user=user here="/privacy" locale=locale t=&m.admin>
                <section class="card" aria-labelledby="erase">
                    <h2 id="erase">{t.erase_title}</h2>
                    <Notices flash=flash.clone() locale=locale now=now />
                    <h3>{t.erase_goes}</h3>
                    <ul class="bullets">{list(&t.erase_goes_points)}</ul>
                    <h3>{t.erase_stays}</h3>
                    <ul class="bullets">{list(&t.erase_stays_points)}</ul>
                    <form method="post" action=api::AdminErasePerson::PATH>
                        <input type="hidden" name="user" value=id />
                        <Field
                            id="confirm"
                            label=t.erase_confirm
                            hint=hint
                            value=""
                            fault=flash.fault_of("confirm", locale, now)
                            dir="ltr"
                        />
                        <div class="row row-even">
                            <button class="button button-danger" type="submit">{t.erase_button}</button>
                            <a class="button button-quiet" href=back>{t.erase_keep}</a>
                        </div>
                    </form>
                </section>
            </PersonFrame>
        }
    })
}

/// Who it is is not shown: it may be anybody.
fn not_here(visit: Visit) -> Response {
    let m = visit.t;
    let t = &m.admin_privacy;
    let page = Page { status: http::StatusCode::CONFLICT, has_error: true, width: Width::Full, ..Page::new(t.erase_not_here) };
    visit.render(page, move || {
        let points = t.erase_not_here_points.iter().map(|point| view! { <li>{*point}</li> }).collect_view();
        view! {
            <Shell here=path::ADMIN_USERS t=&m.admin>
                <p class="crumb"><a href=path::ADMIN_USERS>{m.admin.users}</a></p>
                <h1>{t.erase_not_here}</h1>
                <ul class="bullets">{points}</ul>
            </Shell>
        }
    })
}
