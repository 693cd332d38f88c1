//! `/admin`: on to the first page that one's role may open.

use axum::response::Response;
use leptos::prelude::*;

use crate::components::admin::{Shell, entries_for};
use crate::document::{Page, Width};
use crate::routes::path;
use crate::visit::Visit;

pub(crate) async fn page(visit: Visit) -> Response {
    let admin = match visit.admin() {
        Ok(admin) => admin,
        Err(away) => return *away,
    };
    // Whoever has one salon has come for its day.
    if let Ok(salons) = visit.web.usecases.list_desk_salons(&admin).await
        && let [only] = salons.as_slice()
    {
        return visit.see(&path::desk(only.slug.as_str(), "day"));
    }
    let roles = visit.actor.as_ref().map(|actor| actor.user.roles.clone()).unwrap_or_default();
    if let Some(first) = entries_for(&roles).next() {
        return visit.see(first.0);
    }
    let (t, common) = (&visit.t.desk, &visit.t.common);
    visit.render(Page { width: Width::Full, ..Page::new(t.admin) }, move || {
        view! {
            <Shell>
                <div class="card nobody">
                    <h1>{t.nothing_for_role}</h1>
                    <p class="lead">{t.nothing_for_role_lead}</p>
                    <p><a class="button" href=path::ACCOUNT>{common.my_account}</a></p>
                </div>
            </Shell>
        }
    })
}
