//! `/admin/users/{id}/audit`: what was done to somebody and what they did to others, in words.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use leptos::prelude::*;
use usecases::Doer;

use crate::components::acts::{At, Older, Who};
use crate::components::held::Words;
use crate::components::person::PersonFrame;
use crate::document::{Page, Width};
use crate::faults;
use crate::i18n::value_name;
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(Path(id): Path<String>, visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let Ok(id) = id.parse() else { return faults::answer(visit, ErrorCode::NotFound) };
    let after = visit.query("after").and_then(|text| text.parse().ok());
    let history = match visit.web.usecases.list_person_audit(&admin, id, after).await {
        Ok(history) => history,
        Err(error) => return faults::of(visit, &error),
    };
    let (locale, now) = (visit.locale, visit.web.usecases.clock().now());
    let (t, words, messages) = (&visit.t.admin, &visit.t.admin_person, visit.t);
    let user = history.user;
    let page = Page { width: Width::Full, ..Page::new(format!("{} · {} {}", t.audit, t.users, user.id.short())) };
    visit.render(page, move || {
        let me = user.id;
        let rows = history.page.items.into_iter().map(|signed| {
            let by = match (signed.doer(), signed.staff.clone()) {
                // An entry of theirs about somebody else is by them all the same.
                (Doer::Staff(id), _) if id == me => words.by_themselves.into_any(),
                (Doer::Staff(_), Some(staff)) => view! { <Who user=staff locale=locale /> }.into_any(),
                (Doer::Staff(_), None) => words.somebody.into_any(),
                (Doer::Themselves, _) => words.by_themselves.into_any(),
                (Doer::System(name), _) => {
                    value_name("by", name, locale).map_or_else(|| name.to_owned(), str::to_owned).into_any()
                }
            };
            let (entry, other) = (signed.deed.entry, signed.deed.other);
            let action = match value_name("action", &entry.action, locale) {
                Some(action) => action.into_any(),
                None => view! { <code dir="ltr">{entry.action}</code> }.into_any(),
            };
            let about = other.map(|other| view! { <Who user=other locale=locale /> });
            let details = entry
                .detail
                .as_object()
                .filter(|fields| !fields.is_empty())
                .map(|fields| Words::new(locale, messages).facts(fields, &[]));
            view! {
                <tr>
                    <th scope="row">{action}</th>
                    <At at=entry.at now=now locale=locale label=words.when />
                    <td data-label=words.by>{by}</td>
                    <td data-label=words.about>{about}</td>
                    <td>{details}</td>
                </tr>
            }
        });
        let rows: Vec<_> = rows.collect();
        let list = if rows.is_empty() {
            view! { <p class="hint">{words.no_audit}</p> }.into_any()
        } else {
            view! {
                <table class="people">
                    <thead>
                        <tr>
                            <th scope="col">{words.event}</th>
                            <th scope="col">{words.when}</th>
                            <th scope="col">{words.by}</th>
                            <th scope="col">{words.about}</th>
                            <th scope="col">{words.details_of}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        };
        let base = format!("{}/audit", path::admin_user(user.id));
        view! {
            <PersonFrame user=user here="/audit" locale=locale t=t>
                <p class="hint">{words.audit_lead}</p>
                {list}
                <Older base=base next=history.page.next is_first=after.is_none() older=words.older newest=words.newest />
            </PersonFrame>
        }
    })
}
