//! `/admin/users/{id}/messages`: what was texted about somebody, and what became of it. The words are not shown: a code may be in them.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use domain::phone::Mask;
use leptos::prelude::*;

use crate::components::acts::{At, Older};
use crate::components::person::PersonFrame;
use crate::components::phone::Phone;
use crate::document::{Page, Width};
use crate::faults;
use crate::i18n::value_name;
use crate::pages::admin_messages::money;
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(Path(id): Path<String>, visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let Ok(id) = id.parse() else { return faults::answer(visit, ErrorCode::NotFound) };
    let after = visit.query("after").and_then(|text| text.parse().ok());
    let history = match visit.web.usecases.list_person_messages(&admin, id, after).await {
        Ok(history) => history,
        Err(error) => return faults::of(visit, &error),
    };
    let (locale, now) = (visit.locale, visit.web.usecases.clock().now());
    let (t, words) = (&visit.t.admin, &visit.t.admin_person);
    let user = history.user;
    let page = Page { width: Width::Full, ..Page::new(format!("{} · {} {}", t.messages, t.users, user.id.short())) };
    visit.render(page, move || {
        let rows = history.page.items.into_iter().map(|message| {
            let phone = match message.phone {
                Some(number) => view! { <Phone number=number mask=Mask::M1 /> }.into_any(),
                None => t.no_phone.into_any(),
            };
            let state = message.state.as_str();
            let state = value_name("state", state, locale).unwrap_or(state);
            let report = message.report.map(|report| format!(" · {}", words.report_of(report)));
            let segments = message.segments.map(|segments| segments.to_string());
            view! {
                <tr>
                    <th scope="row">{value_name("kind", message.kind.as_str(), locale)}</th>
                    <td data-label=words.state>{state} {report}</td>
                    <At at=message.created_at now=now locale=locale label=words.when />
                    <td data-label=words.sent_to>{phone}</td>
                    <td data-label=words.provider><bdi dir="ltr">{message.provider.unwrap_or_default()}</bdi></td>
                    <td data-label=words.segments>{segments.unwrap_or_else(|| words.unknown.to_owned())}</td>
                    <td data-label=words.cost>{message.cost_micros.map_or_else(|| words.unknown.to_owned(), money)}</td>
                </tr>
            }
        });
        let rows: Vec<_> = rows.collect();
        let list = if rows.is_empty() {
            view! { <p class="hint">{words.no_messages}</p> }.into_any()
        } else {
            view! {
                <table class="people">
                    <thead>
                        <tr>
                            <th scope="col">{words.message}</th>
                            <th scope="col">{words.state}</th>
                            <th scope="col">{words.when}</th>
                            <th scope="col">{words.sent_to}</th>
                            <th scope="col">{words.provider}</th>
                            <th scope="col">{words.segments}</th>
                            <th scope="col">{words.cost}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        };
        let base = format!("{}/messages", path::admin_user(user.id));
        view! {
            <PersonFrame user=user here="/messages" locale=locale t=t>
                <p class="hint">{words.messages_lead}</p>
                {list}
                <Older base=base next=history.page.next is_first=after.is_none() older=words.older newest=words.newest />
            </PersonFrame>
        }
    })
}
