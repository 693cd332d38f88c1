//! `/admin/users/{id}/bookings`: what somebody booked, in every salon.

use axum::extract::Path;
use axum::response::Response;
use domain::error::ErrorCode;
use leptos::prelude::*;

use crate::components::acts::Older;
use crate::components::desk::{Price, Standing, Times, day_text, services, staff_name};
use crate::components::person::PersonFrame;
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
    let after = visit.query("after");
    let seen = match visit.web.usecases.list_person_bookings(&admin, id, after.as_deref()).await {
        Ok(seen) => seen,
        Err(error) => return faults::of(visit, &error),
    };
    let locale = visit.locale;
    let (t, admin, words) = (&visit.t.counter, &visit.t.admin, &visit.t.admin_person);
    let user = seen.user;
    let title = format!("{} · {} {}", t.bookings, admin.users, user.id.short());
    visit.render(Page { width: Width::Full, ..Page::new(title) }, move || {
        let rows = seen.page.items.into_iter().map(|booked| {
            let price = booked.items.iter().fold(domain::money::Halalas::default(), |sum, item| sum + item.price);
            let day = day_text(booked.wall, booked.booking.span.business_date, locale);
            view! {
                <tr>
                    <th scope="row">{day} " " <Times booked=booked.clone() /></th>
                    <td data-label=t.salon><bdi>{booked.salon_name.get(locale).to_owned()}</bdi></td>
                    <td data-label=t.what><bdi>{services(&booked, locale)}</bdi></td>
                    <td data-label=t.staff><bdi>{staff_name(&booked, locale)}</bdi></td>
                    <td data-label=t.price><Price amount=price t=t /></td>
                    <td><Standing booked=booked.clone() t=t /></td>
                    <td data-label=t.code><code dir="ltr">{booked.booking.code.to_string()}</code></td>
                </tr>
            }
        });
        let rows: Vec<_> = rows.collect();
        let list = if rows.is_empty() {
            view! { <p class="hint">{t.person_none}</p> }.into_any()
        } else {
            view! {
                <table class="people">
                    <thead>
                        <tr>
                            <th scope="col">{t.when}</th>
                            <th scope="col">{t.salon}</th>
                            <th scope="col">{t.what}</th>
                            <th scope="col">{t.staff}</th>
                            <th scope="col">{t.price}</th>
                            <th scope="col">{admin.status}</th>
                            <th scope="col">{t.code}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
            .into_any()
        };
        let base = format!("{}/bookings", path::admin_user(user.id));
        let is_first = after.is_none();
        view! {
            <PersonFrame user=user here="/bookings" locale=locale t=admin>
                <p class="hint">{t.person_lead}</p>
                {list}
                <Older base=base next=seen.page.next is_first=is_first older=words.older newest=words.newest />
            </PersonFrame>
        }
    })
}
