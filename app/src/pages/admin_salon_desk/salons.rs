//! `/admin/bookings`: on to the day of one's salon, or the salons one works in.

use axum::response::Response;
use leptos::prelude::*;

use crate::components::admin::Shell;
use crate::document::{Page, Width};
use crate::faults;
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(visit: Visit) -> Response {
    choose(visit, "day").await
}

/// `/admin/bookings/new`: the same on the way to a new booking, for the key `n`.
pub(crate) async fn new(visit: Visit) -> Response {
    choose(visit, "bookings/new").await
}

async fn choose(visit: Visit, end: &'static str) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    let salons = match visit.web.usecases.list_desk_salons(&admin).await {
        Ok(salons) => salons,
        Err(error) => return faults::of(visit, &error),
    };
    if let [only] = salons.as_slice() {
        return visit.see(&path::desk(only.slug.as_str(), end));
    }
    let (t, common, locale) = (&visit.t.counter, &visit.t.common, visit.locale);
    visit.render(Page { width: Width::Full, ..Page::new(t.bookings) }, move || {
        if salons.is_empty() {
            return view! {
                <Shell>
                    <div class="card nobody">
                        <h1>{t.no_salon}</h1>
                        <p class="lead">{t.no_salon_lead}</p>
                        <p><a class="button" href=path::ACCOUNT>{common.my_account}</a></p>
                    </div>
                </Shell>
            }
            .into_any();
        }
        let rows = salons.into_iter().map(move |salon| {
            let to = path::desk(salon.slug.as_str(), end);
            view! { <li><a href=to><bdi>{salon.name.get(locale).to_owned()}</bdi></a></li> }
        });
        view! {
            <Shell>
                <h1>{t.choose_salon}</h1>
                <ul class="card rows">{rows.collect_view()}</ul>
            </Shell>
        }
        .into_any()
    })
}
