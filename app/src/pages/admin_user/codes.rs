//! `/admin/users/{id}/codes`: codes that somebody asked for, without the code.

use axum::extract::Path;
use axum::response::Response;
use chrono::DateTime;
use domain::error::ErrorCode;
use domain::phone::Mask;
use leptos::prelude::*;

use crate::components::acts::{At, Older};
use crate::components::person::PersonFrame;
use crate::components::phone::Phone;
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
    let before = visit.query("after").and_then(|text| DateTime::parse_from_rfc3339(&text).ok()).map(|at| at.to_utc());
    let history = match visit.web.usecases.list_person_codes(&admin, id, before).await {
        Ok(history) => history,
        Err(error) => return faults::of(visit, &error),
    };
    let (locale, now) = (visit.locale, visit.web.usecases.clock().now());
    let (t, words) = (&visit.t.admin, &visit.t.admin_person);
    let user = history.user;
    let page = Page { width: Width::Full, ..Page::new(format!("{} · {} {}", t.codes, t.users, user.id.short())) };
    visit.render(page, move || {
        let epoch = user.epoch;
        let rows = history.page.items.into_iter().map(|code| {
            let outcome = words.outcome_of(code.challenge.outcome(now, epoch));
            let asked = code.challenge;
            view! {
                <tr>
                    <th scope="row">{words.purpose_of(asked.purpose)}</th>
                    <td><span class="badge badge-quiet">{outcome}</span></td>
                    <At at=asked.created_at now=now locale=locale label=words.when />
                    <td data-label=words.sent_to><Phone number=asked.phone mask=Mask::M1 /></td>
                    <td data-label=words.digits>{asked.code_length.digits()}</td>
                    <td data-label=words.attempts>{(words.attempts_of)(asked.attempts, asked.max_attempts)}</td>
                    <td data-label=words.sends>{code.sends}</td>
                </tr>
            }
        });
        let rows: Vec<_> = rows.collect();
        let list = if rows.is_empty() {
            view! { <p class="hint">{words.no_codes}</p> }.into_any()
        } else {
            view! {
                <table class="people">
                    <thead>
                        <tr>
                            <th scope="col">{words.purpose}</th>
                            <th scope="col">{words.outcome}</th>
                            <th scope="col">{words.when}</th>
                            <th scope="col">{words.sent_to}</th>
                            <th scope="col">{words.digits}</th>
                            <th scope="col">{words.attempts}</th>
                            <th scope="col">{words.sends}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        };
        let base = format!("{}/codes", path::admin_user(user.id));
        view! {
            <PersonFrame user=user here="/codes" locale=locale t=t>
                <p class="hint">{words.codes_lead}</p>
                {list}
                <Older base=base next=history.page.next is_first=before.is_none() older=words.older newest=words.newest />
            </PersonFrame>
        }
    })
}
